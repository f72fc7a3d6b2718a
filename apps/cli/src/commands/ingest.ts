import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { BootstrapSuperuser } from '#libs/auth';
import { IngestFolder, type FolderImportResult } from '#libs/ingestion';

import type { Command } from '../command';
import { withApplication } from '../with-application';

const options = {
  collection: { type: 'string' },
  prune: { type: 'boolean', default: false },
} as const;

const report = ({ added, updated, unchanged, removed, skipped }: FolderImportResult): void => {
  console.log(`${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed.`);
  for (const { name, code } of skipped) console.log(`Skipped ${name}: ${code}`);
};

export const ingest: Command = {
  name: 'ingest',
  usage: '<folder> [--collection <name>] [--prune]',
  summary: 'bring a folder into a collection every member can read; workers do the rest',
  run: async (args, env) => {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [folder] = positionals;
    if (folder === undefined) {
      console.error('Name the folder: npm run cli -- ingest <folder>');
      return 2;
    }
    return withApplication(env, async (application) => {
      const owner = await application.get(BootstrapSuperuser).find();
      if (!owner) {
        console.error('Nobody would own the documents. First: npm run cli -- create-superuser');
        return 1;
      }
      const result = await application.get(IngestFolder).execute({
        collectionName: values.collection ?? basename(resolve(folder)),
        folder,
        ownerId: owner.userId,
        organizationId: owner.organizationId,
        visibility: 'organization',
        prune: values.prune,
      });
      report(result);
      return result.skipped.length === 0 ? 0 : 1;
    });
  },
};
