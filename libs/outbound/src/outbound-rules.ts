/** What a call may reach and use. Whatever the rules say: http and https only, and no credentials in a URL. */
export interface OutboundRules {
  /** Ranges that may be reached besides public addresses, as `10.0.0.0/8`. */
  readonly allowedRanges: readonly string[];
  /** TCP ports; every port when it is left out. */
  readonly ports?: readonly number[];
  /** Redirections that are followed, each checked as the first address was. With 0 an answer that redirects is the answer. */
  readonly maxRedirects: number;
  /** Milliseconds for everything: names, connections, redirections and the whole body. */
  readonly timeoutMs: number;
  /** Of the body, as it travels and as it is unpacked. */
  readonly maxBytes: number;
}

export interface OutboundRequest {
  readonly url: string;
  /** Sent along, also to where a redirection leads: nothing secret together with `maxRedirects`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes it a POST, which goes together with no redirections only. */
  readonly body?: string;
}
