/** Why an attempt was not taken; stable words, shown to administrators. */
export const ATTEMPT_FAILURES = [
  'address_refused',
  'unresolvable',
  'unreachable',
  'tls',
  'timeout',
  'redirected',
  'status',
  'inactive',
] as const;
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

export interface AttemptResult {
  /** Absent when a 2xx was answered. */
  readonly failure?: AttemptFailure;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  readonly durationMs: number;
}

/** Port: carries one signed request to an address that somebody outside chose. */
export abstract class WebhookTransport {
  /**
   * One attempt: follows no redirection and hands on nothing of what was answered but its status.
   * @param signal aborted when the process stops
   * @throws the reason of the signal; every other failure is a result
   */
  abstract post(request: SignedRequest, signal: AbortSignal): Promise<AttemptResult>;
}
