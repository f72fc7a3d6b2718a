import { SetMetadata } from '@nestjs/common';

import type { Flag } from './flags';

export const ASKED_FLAG = Symbol('http:asked-flag');

/** Opens a route, or every route of a controller, only to whom administrators leave the flag. */
export const Flagged = (flag: Flag): ClassDecorator & MethodDecorator => SetMetadata<symbol, Flag>(ASKED_FLAG, flag);
