import type { Environment } from '#libs/config';

import type { Credentials } from './first-superuser';

/** The product once it listens. */
export interface RunningApplication {
  /** Where it listens, with the port that was really taken. */
  readonly url: string;
  readonly superuser: { readonly email: string; readonly created: boolean };
  /** Hands the product's own documentation to ingestion, so that there is something to ask at once. */
  ingestDocumentation(): Promise<void>;
  /** Finishes requests and jobs under way, then frees everything. */
  close(): Promise<void>;
}

/**
 * Migrates, makes sure there is a superuser, then starts the API, and the worker unless it runs elsewhere. It must not
 * listen for signals: the launcher stops the application before the servers it needs.
 */
export type StartApplication = (env: Environment, superuser: Credentials) => Promise<RunningApplication>;

/** Loads the application's code; apart from starting it, since loading overlaps the start of the servers. */
export type LoadApplication = () => Promise<StartApplication>;
