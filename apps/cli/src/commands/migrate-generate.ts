import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DataSource } from 'typeorm';

import { draftMigration } from '#libs/database';

import type { Command } from '../command';
import { withApplication } from '../with-application';

const FOLDER = 'libs/database/src/migrations';
const NAME = /^[A-Z][A-Za-z0-9]+$/;

const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

const source = (
  className: string,
  statements: readonly string[],
): string => `import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = \`
${statements.map((statement) => `  ${statement};`).join('\n')}\`;

/** Say what this changes and why; write \`down\` so that it undoes \`up\`. */
export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(): Promise<void> {
    throw new Error('Write the statements that undo UP');
  }
}
`;

export const migrateGenerate: Command = {
  name: 'migrate:generate',
  usage: '<NameInPascalCase>',
  summary: 'draft a migration for what the entities have and the schema lacks',
  run: async ([name = ''], env) => {
    if (!NAME.test(name)) {
      console.error('Name the change in PascalCase: npm run migration:generate -- AddDocumentTags');
      return 2;
    }
    const statements = await withApplication(env, (application) => draftMigration(application.get(DataSource)));
    if (statements.length === 0) {
      console.log('The schema has all the entities need; nothing to draft.');
      return 0;
    }
    const stamp = Date.now();
    const file = join(FOLDER, `${stamp}-${kebab(name)}.ts`);
    await writeFile(file, source(`${name}${stamp}`, statements));
    console.log(`Wrote ${file}. Complete it, then add it to ${FOLDER}/index.ts.`);
    return 0;
  },
};
