import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type VerifySignature = (header: string, body: string, secret: string, now?: number) => boolean;

/** The example of docs/technical/webhooks.md, as somebody would copy it. */
export const documentedExample = async (): Promise<VerifySignature> => {
  const page = await readFile('docs/technical/webhooks.md', 'utf8');
  const [, code] = /```js\n(.+?)```/s.exec(page) ?? [];
  if (code === undefined) throw new Error('The page has no example');
  const folder = await mkdtemp(join(tmpdir(), 'my-ia-example-'));
  try {
    const file = join(folder, 'example.cjs');
    await writeFile(file, code);
    return (createRequire(__filename)(file) as { verifySignature: VerifySignature }).verifySignature;
  } finally {
    await rm(folder, { recursive: true });
  }
};
