import { isIPv6 } from 'node:net';

import { checkedLookup } from './checked-lookup';

const looking = (addresses: readonly string[], all = true): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const resolved = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    checkedLookup([], () => Promise.resolve(resolved))('exemple.fr', { all }, (error, found) => {
      if (error) reject(error);
      else resolve(found);
    });
  });

describe('The checked lookup', () => {
  it('hands on the addresses it has checked', async () => {
    const two = [
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ];
    expect(await looking(['8.8.8.8', '2606:4700::1'])).toEqual(two);
    expect(await looking(['8.8.8.8'], false)).toBe('8.8.8.8');
  });

  it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['169.254.169.254']], [['::1']], [[]]])(
    'refuses a name that leads to %j',
    async (addresses) => {
      await expect(looking(addresses)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    },
  );

  it('tells when a name leads nowhere', async () => {
    const failing = new Promise((_, reject) => {
      checkedLookup([], () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })))(
        'exemple.fr',
        {},
        (error) => {
          reject(error ?? new Error('not refused'));
        },
      );
    });
    await expect(failing).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
