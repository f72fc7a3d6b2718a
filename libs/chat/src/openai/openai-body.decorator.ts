import { Body, Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';

import { createTolerantPipe } from '#libs/http';

/** Refuses what cannot be left out in silence, then reads what is known of the rest. */
@Injectable()
class OpenAiBodyPipe implements PipeTransform {
  private readonly validation: PipeTransform;

  constructor(
    type: Type,
    private readonly refuse: (body: unknown) => void,
  ) {
    this.validation = createTolerantPipe(type);
  }

  transform(body: unknown, metadata: ArgumentMetadata): unknown {
    this.refuse(body);
    return this.validation.transform(body, metadata) as unknown;
  }
}

/**
 * The body of a request of the OpenAI contract. Clients send more than a server knows, so fields without a declaration are
 * left out instead of refused. Type the parameter as an interface, or the strict pipe of all other routes reads it first.
 *
 * @param refuse throws for what must not be left out in silence
 */
export const OpenAiBody = (type: Type, refuse: (body: unknown) => void): ParameterDecorator =>
  Body(new OpenAiBodyPipe(type, refuse));
