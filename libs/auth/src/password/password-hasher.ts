import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/**
 * argon2id with 19 MiB, 2 passes, 1 lane: the least OWASP recommends (Password Storage Cheat Sheet, 2025), chosen
 * because an old laptop is a target machine. argon2id is the library's default algorithm.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hash of a password nobody has, made once: unknown users must cost as much time as known ones. */
const NOBODY = 'nobody-has-this-password';

@Injectable()
export class PasswordHasher {
  private decoy: Promise<string> | undefined;

  /** @returns a PHC string that holds its own salt and parameters. */
  hash(password: string): Promise<string> {
    return hash(password, PARAMETERS);
  }

  /** Takes the same time whether `passwordHash` is there or not. */
  async matches(password: string, passwordHash: string | undefined): Promise<boolean> {
    if (passwordHash !== undefined) return verify(passwordHash, password);
    await verify(await (this.decoy ??= this.hash(NOBODY)), password);
    return false;
  }
}
