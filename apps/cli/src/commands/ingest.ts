import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { INestApplicationContext } from '@nestjs/common';

import { BootstrapSuperuser } from '#libs/auth';
import { IngestFolder, type FolderImport, type FolderImportResult } from '#libs/ingestion';

import type { Command } from '../command';
import { folderProgress } from '../progress/folder-progress';
import { summaryOf } from '../progress/folder-summary';
import { StopSignal } from '../stop-signal';
import { withApplication } from '../with-application';

const options = {
  collection: { type: 'string' },
  prune: { type: 'boolean', default: false },
} as const;

/** What shells expect of a command that was stopped by Ctrl-C: 128 and the number of the signal. */
const INTERRUPTED = 130;

const exitCodeOf = ({ wasInterrupted, failed }: FolderImportResult): number =>
  wasInterrupted ? INTERRUPTED : Math.min(failed, 1);

/** Shows progress on standard error, so that standard output can be kept. */
const bringIn = async (application: INestApplicationContext, folder: FolderImport): Promise<FolderImportResult> => {
  using stop = new StopSignal();
  const progress = folderProgress(process.stderr);
  try {
    return await application.get(IngestFolder).execute({
      ...folder,
      signal: stop.signal,
      onStart: (files) => {
        progress.start(files);
      },
      onFile: (name, outcome) => {
        progress.file(name, outcome);
      },
    });
  } finally {
    progress.end();
  }
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
      const result = await bringIn(application, {
        collectionName: values.collection ?? basename(resolve(folder)),
        folder,
        ownerId: owner.userId,
        organizationId: owner.organizationId,
        visibility: 'organization',
        prune: values.prune,
      });
      for (const line of summaryOf(result)) console.log(line);
      return exitCodeOf(result);
    });
  },
};
