import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const FILES = ['README.md', 'README.fr.md', ...globSync('docs/**/*.md', { cwd: ROOT })].map((file) => join(ROOT, file));

const withoutCode = (markdown: string): string =>
  markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');

const linksOf = (file: string): string[] =>
  [...withoutCode(readFileSync(file, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** As GitHub makes them: lower case, punctuation dropped, spaces to hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const isRelative = (target: string): boolean => !/^[a-z]+:/i.test(target);

const isBroken = (file: string, target: string): boolean => {
  const [path = '', anchor] = target.split('#');
  const destination = path === '' ? file : resolve(dirname(file), path);
  if (!existsSync(destination)) return true;
  return anchor !== undefined && destination.endsWith('.md') && !anchorsOf(destination).includes(anchor);
};

describe('the documentation', () => {
  it('has no relative link that leads nowhere', () => {
    const broken = FILES.flatMap((file) =>
      linksOf(file)
        .filter((target) => isRelative(target) && isBroken(file, target))
        .map((target) => `${relative(ROOT, file)} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('is reachable from the README, every page of it', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file) || !file.endsWith('.md') || !existsSync(file)) return;
      reached.add(file);
      for (const target of linksOf(file).filter(isRelative)) visit(resolve(dirname(file), target.split('#')[0] ?? ''));
    };
    visit(join(ROOT, 'README.md'));
    expect(FILES.filter((file) => !reached.has(file)).map((file) => relative(ROOT, file))).toEqual([]);
  });

  it('starts every page with one title', () => {
    const untitled = FILES.filter((file) => !/^(?:<!--.*-->\n\n)?# \S/.test(readFileSync(file, 'utf8')));
    expect(untitled.map((file) => relative(ROOT, file))).toEqual([]);
  });

  it('numbers its decisions without a gap and says their status', () => {
    const decisions = FILES.filter((file) => /docs\/adr\/\d{4}-/.test(file)).sort();
    expect(decisions.map((file) => Number(basename(file).slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
    for (const file of decisions) {
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(new RegExp(`^# ${basename(file).slice(0, 4)}\\. `));
      for (const part of ['Status', 'Context', 'Decision', 'Consequences', 'Alternatives']) {
        expect(text).toContain(`\n## ${part}\n`);
      }
    }
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const unknown = FILES.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/npm run ([a-z][\w:-]*)/g)]
        .map(([, script = '']) => script)
        .filter((script) => !(script in scripts))
        .map((script) => `${relative(ROOT, file)}: npm run ${script}`),
    );
    expect(unknown).toEqual([]);
  });

  it('gives a reason for every dependency, and for no other', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, object>;
    const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort();
    const text = readFileSync(join(ROOT, 'docs/technical/dependencies.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (`[^|]+`) *\|/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(rows.map((name) => name.replaceAll('`', '').trim()).sort()).toEqual(direct);
  });
});
