import { UnitOfWork } from '#libs/database';
import { QueueDocument } from '#libs/ingestion';

import type { Command } from '../command';
import { withApplication } from '../with-application';

const READY = `SELECT id FROM document WHERE deleted_at IS NULL AND status IN ('ready', 'failed')
  AND ($1::uuid IS NULL OR collection_id = $1) ORDER BY created_at`;

export const reindex: Command = {
  name: 'reindex',
  usage: '[collection id]',
  summary: 'ingest documents again, of one collection or all; answers keep working meanwhile',
  run: ([collectionId], env) =>
    withApplication(env, async (application) => {
      const documents = await application.get(UnitOfWork).query<{ id: string }>(READY, [collectionId ?? null]);
      let queued = 0;
      for (const { id } of documents) if (await application.get(QueueDocument).requeue(id)) queued += 1;
      console.log(`${queued} documents queued.`);
      return 0;
    }),
};
