import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { Product, removeData, type ProductOptions } from './product';

/** The project these scripts belong to: they are started by npm, in its root. */
export const PROJECT = process.cwd();

/** Long enough for the rules, and nobody's. */
export const OWNER = { email: 'owner@example.org', password: 'acceptance only, seven words and a comma' } as const;

/** A path as a newcomer has it, without this project's programs. */
const plainPath = (): string =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')) && !folder.includes('node-gyp-bin'))
    .join(delimiter);

/** What a terminal passes on, and nothing else. */
export const plainEnvironment = (home = process.env.HOME ?? '/root'): Record<string, string> => ({
  HOME: home,
  PATH: plainPath(),
  TERM: 'dumb',
});

/** Where the real sample files are; not part of the project. */
export const corpusFolder = (): string => process.env.CORPUS ?? join(PROJECT, '..', 'shared', 'corpus');

/** A temporary folder and the products started in it, all gone at the end whatever happens. */
export class Workspace {
  private readonly products: Product[] = [];
  readonly folder = mkdtempSync(join(process.env.ACCEPTANCE_TMP ?? tmpdir(), 'my-ia-acceptance-'));
  readonly dataDirectory = join(this.folder, 'data');

  /** `npm start` of this project on its own port, with a superuser known beforehand. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<Product> {
    const settings = { DATA_DIR: this.dataDirectory, PORT: '0', LANG: 'en_GB.UTF-8' };
    const owner = { SUPERUSER_EMAIL: OWNER.email, SUPERUSER_PASSWORD: OWNER.password };
    return this.run({
      folder: PROJECT,
      dataDirectory: this.dataDirectory,
      env: { ...plainEnvironment(), ...settings, ...owner, ...env },
    });
  }

  async run(options: ProductOptions): Promise<Product> {
    const product = await Product.start(options);
    this.products.push(product);
    return product;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const product of this.products) if (!product.ended) await product.killEverything();
    removeData(this.dataDirectory);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
