import { isAcceptableTarget } from './target-url';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

describe('isAcceptableTarget', () => {
  it.each([
    'https://exemple.fr/crochet?jeton=1',
    'https://exemple.fr:8443',
    'https://8.8.8.8/x',
    'https://[2606:4700::1]/',
  ])('takes %s', (url) => {
    expect(isAcceptableTarget(url, [])).toBe(true);
  });

  it.each([
    '',
    'exemple.fr',
    'http://exemple.fr/',
    'ftp://exemple.fr/',
    'file:///etc/passwd',
    'https://moi:secret@exemple.fr/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'http://127.0.0.1:8080/',
  ])('refuses %j', (url) => {
    expect(isAcceptableTarget(url, [])).toBe(false);
  });

  it('takes http only to this machine, and only when that is allowed', () => {
    for (const url of ['http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:80/']) {
      expect([url, isAcceptableTarget(url, LOOPBACK)]).toEqual([url, true]);
    }
    expect(isAcceptableTarget('http://10.0.0.1/', ['10.0.0.0/8'])).toBe(false);
    expect(isAcceptableTarget('https://10.0.0.1/', ['10.0.0.0/8'])).toBe(true);
  });
});
