import type { DataSource } from 'typeorm';

import { ORGANIZATION_ROLE, ORGANIZATION_SETTING } from '../isolation/application-roles';

/** Kinds of things a job is about, by the name its data gives their id, the most telling first. */
const SUBJECTS = {
  deliveryId: 'webhook-delivery',
  documentId: 'document',
  collectionId: 'collection',
  invitationId: 'invitation',
  userId: 'user',
} as const;

const KEYS = Object.keys(SUBJECTS)
  .map((key) => `j.data ->> '${key}'`)
  .join(', ');
const TYPES = Object.entries(SUBJECTS)
  .map(([key, type]) => `WHEN j.data ? '${key}' THEN '${type}'`)
  .join(' ');
/** Data may hold addresses and failures may hold anything, so only what has the form of a code or the name of a class is shown. */
const FAILURE = `substring(coalesce(j.output ->> 'code', j.output ->> 'name', 'unknown') from '^[A-Za-z0-9_.]{1,100}$')`;

/**
 * The jobs of the queue as the administration shows them. The policies of the product's tables do not bind the tables of
 * pg-boss, so the view itself shows an organization its own jobs only.
 */
const CREATE = `
  CREATE VIEW job_overview AS
  SELECT j.id, j.name AS queue, j.state::text AS state,
         nullif(j.data ->> '$organizationId', '')::uuid AS organization_id,
         CASE ${TYPES} END AS subject_type, coalesce(${KEYS}) AS subject_id, j.data ->> 'kind' AS kind,
         CASE WHEN j.started_on IS NULL THEN 0 ELSE j.retry_count + 1 END AS attempts, j.retry_limit + 1 AS max_attempts,
         j.created_on AS created_at, j.start_after AS due_at, j.started_on AS started_at, j.completed_on AS completed_at,
         CASE WHEN j.state IN ('failed', 'retry') AND j.output IS NOT NULL THEN coalesce(${FAILURE}, 'unknown') END AS failure_code,
         CASE WHEN j.name = 'administration' AND j.state = 'completed' THEN j.output END AS result
    FROM pgboss.job j
   WHERE current_user <> '${ORGANIZATION_ROLE}'
      OR j.data ->> '$organizationId' = nullif(current_setting('${ORGANIZATION_SETTING}', true), '')`;

/** Before pg-boss changes its tables: it could not while a view rests on them. */
export const dropJobOverview = (dataSource: DataSource): Promise<unknown> =>
  dataSource.query('DROP VIEW IF EXISTS job_overview');

/** After it, in the form its tables have now. */
export const createJobOverview = (dataSource: DataSource): Promise<unknown> => dataSource.query(CREATE);
