import { Injectable } from '@nestjs/common';

import { HttpConfig, MailConfig } from '#libs/config';

const CALLBACK_PATH = '/api/v1/auth/oidc/callback';

/** Addresses of this product as browsers see them. Taken from the configuration, never from a header of the request. */
@Injectable()
export class OidcAddresses {
  constructor(
    private readonly mail: MailConfig,
    private readonly http: HttpConfig,
  ) {}

  /** What the provider must know as redirect URI. */
  get callback(): string {
    return `${this.base}${CALLBACK_PATH}`;
  }

  /** Cookies are sent over TLS only where there is TLS. */
  get isSecure(): boolean {
    return this.base.startsWith('https:');
  }

  /** The web application with a word for it. In the fragment: browsers send it to no server and write it into no log. */
  home(key: 'oidc_code' | 'oidc_error', value: string): string {
    return `${this.base}/#${key}=${encodeURIComponent(value)}`;
  }

  private get base(): string {
    return this.mail.publicUrl?.replace(/\/+$/, '') ?? `http://${this.http.host}:${this.http.port}`;
  }
}
