import type { Environment } from '#libs/config';

import type { DataDirectory } from '../data-directory/data-directory';
import { given } from './given';

const DEFAULT_EMAIL = 'admin@my-ia.local';
const SECRET = 'superuser-password';
/** Twenty characters: 120 bits, and still possible to type. */
const PASSWORD_BYTES = 15;

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What the person at the terminal is told: a password only when it was generated and has not been shown yet. */
export interface Account {
  readonly email: string;
  readonly password: string | undefined;
}

/**
 * The account a newcomer signs in with: chosen by the environment, else generated. A generated password is kept in the
 * data directory until it has been shown, so a start interrupted just before does not lock everybody out.
 */
export class FirstSuperuser {
  readonly credentials: Credentials;
  private readonly chosen: boolean;
  private readonly interrupted: boolean;

  constructor(
    env: Environment,
    private readonly data: DataDirectory,
  ) {
    const chosen = given(env.SUPERUSER_PASSWORD);
    this.chosen = chosen !== undefined;
    this.interrupted = data.hasSecret(SECRET);
    this.credentials = {
      email: given(env.SUPERUSER_EMAIL) ?? DEFAULT_EMAIL,
      password: chosen ?? data.secret(SECRET, PASSWORD_BYTES),
    };
  }

  /** @param created false when the database had a superuser already, whose password is known to that person only. */
  account(email: string, created: boolean): Account {
    const news = !this.chosen && (created || this.interrupted);
    return { email, password: news ? this.credentials.password : undefined };
  }

  /** Nothing more to show: from now on the product keeps a hash only. */
  introduced(): void {
    this.data.forgetSecret(SECRET);
  }
}
