import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';

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
    return hash(normalized(password), PARAMETERS);
  }

  /** Takes the same time whether `passwordHash` is there or not. */
  async matches(password: string, passwordHash: string | undefined): Promise<boolean> {
    if (passwordHash !== undefined) return verify(passwordHash, normalized(password));
    await verify(await (this.decoy ??= this.hash(NOBODY)), normalized(password));
    return false;
  }

  /** Whether a hash is cheaper to guess than today's parameters ask, so that it should be made anew at a sign-in. */
  isOutdated(passwordHash: string): boolean {
    const { memoryCost, timeCost } = parseOptions(passwordHash);
    return memoryCost < PARAMETERS.memoryCost || timeCost < PARAMETERS.timeCost;
  }
}

/** One keyboard writes é as one character, another as two (NIST SP 800-63B-4, section 3.1.1.2). */
const normalized = (password: string): string => password.normalize('NFC');
