import type { Flag } from './flags';
import type { Principal } from './principal';

/** Port: whom administrators leave what. libs/settings implements it. */
export abstract class FlagPolicy {
  /** Whether the caller has what the flag stands for. */
  abstract isOpen(flag: Flag, principal: Principal): Promise<boolean>;
}
