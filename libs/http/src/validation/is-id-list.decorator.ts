import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, IsUUID } from 'class-validator';

/** A list of UUIDs, each once. @param maximum how many at most */
export const IsIdList = (maximum: number): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMaxSize(maximum), ArrayUnique(), IsUUID(undefined, { each: true }));
