/** One mail, as text: nothing of ours needs more, and text cannot track or deceive. */
export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Port: hands a mail to whoever delivers it. Called by jobs only, never in a transaction or a request. */
export abstract class Mailer {
  /** @throws when the mail was not accepted; the job that sends it tries again */
  abstract send(mail: Mail): Promise<void>;
}
