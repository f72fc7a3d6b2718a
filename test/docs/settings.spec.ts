import { readFileSync } from 'node:fs';

import { SETTINGS, variableOf } from '#libs/settings';

describe('docs/technical/settings.md', () => {
  it('lists every setting with its variable, and none that does not exist', () => {
    const rows = readFileSync('docs/technical/settings.md', 'utf8').matchAll(
      /^\| `([\w.]+)` +\| `([A-Z_]+)` +\| (\w*)/gm,
    );
    const documented = [...rows].map(([, key, variable, secret]) => `${key} ${variable} ${secret}`);
    expect(documented).toEqual(
      SETTINGS.map((setting) => `${setting.key} ${variableOf(setting)} ${setting.isSecret ? 'yes' : 'no'}`),
    );
  });
});
