import { PUBLIC_URL } from './oidc-server';

/** Enough steps for any sign-in; more would be a loop. */
const MAX_STEPS = 12;

/** Follows redirections and keeps cookies per host, like the browser of one person. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  /** @param apiUrl where {@link PUBLIC_URL} really is */
  constructor(private readonly apiUrl: string) {}

  /** Goes where the address bar leads, until the web application or a page. @returns the last address */
  async visit(address: string, stopBefore?: (url: URL) => boolean): Promise<URL> {
    let url = new URL(address, PUBLIC_URL);
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (url.hash !== '' || stopBefore?.(url)) return url;
      const response = await this.fetch(url);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.href} answered ${response.status}: ${await response.text()}`);
      url = new URL(location, url);
    }
    throw new Error('The redirections do not end');
  }

  async fetch(url: URL, init: RequestInit = {}): Promise<Response> {
    const real = url.href.startsWith(PUBLIC_URL) ? url.href.replace(PUBLIC_URL, this.apiUrl) : url.href;
    const cookies = [...(this.jar.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookies ? { Cookie: cookies } : {}) };
    const response = await fetch(real, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.keep(url.host, cookie);
    return response;
  }

  /** Another browser in the hands of the same person knows nothing. */
  forget(host: string): void {
    this.jar.delete(host);
  }

  private keep(host: string, cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const cookies = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, cookies.set(name, value));
  }
}
