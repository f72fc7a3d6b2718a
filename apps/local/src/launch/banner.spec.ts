import { banner } from './banner';

const welcome = {
  url: 'http://127.0.0.1:3000',
  dataDirectory: '/srv/data',
  seconds: 1.234,
  account: { email: 'admin@my-ia.local', password: 'generated-password' as string | undefined },
};

describe('the banner', () => {
  it('names every address, in the language of the reader', () => {
    expect(banner(welcome, 'fr')).toContain('MY-IA est prêt (1,2 s).');
    expect(banner(welcome, 'en')).toContain('MY-IA is ready (1.2 s).');
    for (const path of ['/', '/docs', '/health/ready', '/metrics']) {
      expect(banner(welcome, 'fr')).toMatch(new RegExp(`http://127\\.0\\.0\\.1:3000${path}\n`));
    }
  });

  it('gives a session that signs in, uploads and asks, with the password while it may be shown', () => {
    const text = banner(welcome, 'en');
    expect(text).toContain('"password":"generated-password"');
    for (const route of ['/auth/login', '/collections/$ID/documents', '/chat']) expect(text).toContain(`$API${route}`);
  });

  it('asks only once the uploaded file, and what was queued before it, is ready', () => {
    const lines = banner(welcome, 'en').split('\n');
    const line = (part: string): number => lines.findIndex((text) => text.includes(part));
    expect(line('DOCUMENT=')).toBeLessThan(line('$API/documents/$DOCUMENT/events'));
    expect(line('$API/documents/$DOCUMENT/events')).toBeLessThan(line('$API/chat'));
  });

  it('shows no password that is not new', () => {
    const text = banner({ ...welcome, account: { ...welcome.account, password: undefined } }, 'en');
    expect(text).not.toContain('Password');
    expect(text).toContain('"password":"your password"');
  });
});
