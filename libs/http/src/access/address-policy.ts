/** Where a request comes from and what it is for. */
export interface IncomingCall {
  /** IP address of the client, as far as trusted proxies tell. */
  readonly address: string;
  /** Of the caller; undefined while nobody is known, such as during a sign-in. */
  readonly organizationId: string | undefined;
  /** The route demands an administrator. */
  readonly isAdministration: boolean;
  readonly isApiKey: boolean;
}

/** Port: decides which addresses may call. Asked for each request, so it answers from memory. libs/settings implements it. */
export abstract class AddressPolicy {
  /** @throws AddressRefusedError */
  abstract admit(call: IncomingCall): void;
}
