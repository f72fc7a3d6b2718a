import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

/** An answer that cites it loses its words; one that only found it loses the mention. */
const ERASE = `
  UPDATE message m
     SET sources = (SELECT coalesce(jsonb_agg(s ORDER BY n), '[]') FROM jsonb_array_elements(m.sources) WITH ORDINALITY AS e (s, n)
                     WHERE s ->> 'documentId' <> $1),
         content = CASE WHEN cites THEN '' ELSE m.content END,
         citations = CASE WHEN cites THEN '[]' ELSE m.citations END,
         unsupported = CASE WHEN cites THEN '[]' ELSE m.unsupported END,
         grounded = m.grounded AND NOT cites,
         erased_at = CASE WHEN cites THEN now() ELSE m.erased_at END, updated_at = now()
    FROM (SELECT id, citations @> jsonb_build_array(jsonb_build_object('documentId', $1::text)) AS cites FROM message
           WHERE citations @> jsonb_build_array(jsonb_build_object('documentId', $1::text))
              OR sources @> jsonb_build_array(jsonb_build_object('documentId', $1::text))) found
   WHERE found.id = m.id`;

/** What a search found is no longer told, either. */
const othersOf = (list: string): string => `
  (SELECT coalesce(jsonb_agg(c ORDER BY n), '[]')
     FROM jsonb_array_elements(coalesce(trace -> '${list}', '[]')) WITH ORDINALITY AS e (c, n)
    WHERE c ->> 'documentId' <> $1)`;

/** What a search found is no longer told, either. What stands beside a hit is of the document of that hit. */
const ERASE_FROM_TRACES = `
  UPDATE retrieval_trace
     SET trace = trace || jsonb_build_object('candidates', ${othersOf('candidates')}, 'neighbours', ${othersOf('neighbours')})
   WHERE trace -> 'candidates' @> jsonb_build_array(jsonb_build_object('documentId', $1::text))`;

/** Use case, run as a job: what past answers quote of an erased document goes. */
@Injectable()
export class EraseSnapshots {
  constructor(private readonly uow: UnitOfWork) {}

  async execute(documentId: string): Promise<void> {
    await this.uow.run(async () => {
      await this.uow.query(ERASE, [documentId]);
      await this.uow.query(ERASE_FROM_TRACES, [documentId]);
    });
  }
}
