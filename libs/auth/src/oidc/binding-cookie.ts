const NAME = 'myia_oidc';
const PATH = '/api/v1/auth/oidc';
/** As long as a sign-in may take. */
const MAX_AGE_SECONDS = 720;
const COOKIE = new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]{43})(?:;|$)`);

/**
 * Ties a sign-in to the browser that began it: without, anybody could send somebody a link that signs him in as the
 * sender. Lax, because the provider sends the browser back from another site.
 */
export const bindingCookie = (binding: string, isSecure: boolean): string =>
  `${NAME}=${binding}; Path=${PATH}; Max-Age=${String(MAX_AGE_SECONDS)}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** Empty when there is none, which fits no sign-in. */
export const bindingOf = (cookies: string | undefined): string => COOKIE.exec(cookies ?? '')?.[1] ?? '';
