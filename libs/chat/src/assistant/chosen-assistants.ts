import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { Profiles } from '../profile/profiles';
import { fromAssistant, type FromAssistant } from './from-assistant';
import { UsableAssistants } from './usable-assistants.service';

/** What the assistant that somebody chose adds to his answer. */
@Injectable()
export class ChosenAssistants {
  constructor(
    private readonly assistants: UsableAssistants,
    private readonly profiles: Profiles,
  ) {}

  /** The caller's profile is read for assistants that declare it, and for no other. Undefined for one he may not use. */
  async find(principal: Principal, id: string): Promise<FromAssistant | undefined> {
    const assistant = await this.assistants.find(principal, id);
    if (!assistant) return undefined;
    return fromAssistant(assistant, assistant.usesProfile ? await this.profiles.get(principal) : undefined);
  }
}
