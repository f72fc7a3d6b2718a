import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

import { UsageConfig } from '#libs/config';
import { dataSourceOptions, OrganizationScope, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { SystemClock } from '#libs/kernel';

import { AnswerFigures } from '../../libs/admin/src/stats/answer-figures';
import { ContentFigures } from '../../libs/admin/src/stats/content-figures';
import { ServerFigures } from '../../libs/admin/src/stats/server-figures';
import { StatsService } from '../../libs/admin/src/stats/stats.service';
import { UsageFigures } from '../../libs/admin/src/stats/usage-figures';
import { inTurn, median, milliseconds } from './measure';
import type { Row, Section } from './report';

const RUNS = 15;
const MESSAGES = 100_000;
const USERS = 100;
const CONVERSATIONS = 2_000;
const DAYS = 365;
const DAY_MS = 86_400_000;

/** Two organizations share a year of messages, nine to one, stored in the order of their time as a product stores them. */
const SEED = [
  `INSERT INTO organization (id, organization_id, name) SELECT id, id, 'Chiffres' FROM unnest($1::uuid[]) id`,
  `INSERT INTO app_user (id, organization_id, email, display_name, password_hash, role)
   SELECT gen_random_uuid(), ($1::uuid[])[1 + (n % 10 = 0)::int], gen_random_uuid() || '@exemple.fr', 'Mesure', '-', 'user'
     FROM generate_series(1, ${USERS}) n`,
  `INSERT INTO conversation (id, organization_id, user_id, title)
   SELECT gen_random_uuid(), u.organization_id, u.id, 'Mesure'
     FROM app_user u, generate_series(1, ${CONVERSATIONS / USERS}) WHERE u.organization_id = ANY ($1::uuid[])`,
  `INSERT INTO message (id, organization_id, conversation_id, role, status, content, grounded, provider, model, usage, timings, created_at)
   SELECT gen_random_uuid(), c.organization_id, c.id, role, CASE WHEN n % 50 = 0 AND role = 'assistant' THEN 'failed' ELSE 'complete' END,
          repeat('mot ', 150), CASE WHEN role = 'assistant' THEN n % 10 > 0 END, 'ollama', 'mistral',
          CASE WHEN role = 'assistant' THEN '{"promptTokens":1500,"completionTokens":120}'::jsonb END,
          CASE WHEN role = 'assistant' THEN jsonb_build_object('retrievalMs', 20, 'firstTokenMs', 300, 'totalMs', 300 + n % 9000) END,
          now() - make_interval(secs => ${DAYS * 86_400} * (1 - n / ${MESSAGES / 2}.0))
     FROM generate_series(1, ${MESSAGES / 2}) n, (VALUES ('user'), ('assistant')) AS roles (role),
          LATERAL (SELECT id, organization_id FROM picked WHERE number = n % ${CONVERSATIONS}) c
    ORDER BY n`,
];
const PICKED = `
  CREATE TEMPORARY TABLE picked AS
  SELECT id, organization_id, row_number() OVER () - 1 AS number FROM conversation WHERE organization_id = ANY ($1::uuid[])`;
const COUNT = `SELECT count(*) FROM message m WHERE ($1::uuid IS NULL OR m.organization_id = $1) AND m.created_at >= $2::date`;

const seed = async (url: string, organizations: readonly string[]): Promise<void> => {
  const dataSource = await new DataSource(dataSourceOptions(url, 1)).initialize();
  const [first, second, third, messages] = SEED as [string, string, string, string];
  for (const sql of [first, second, third, PICKED]) await dataSource.query(sql, [organizations]);
  await dataSource.query('CREATE INDEX ON picked (number)');
  await dataSource.query(messages);
  await dataSource.query('VACUUM ANALYZE');
  await dataSource.destroy();
};

const CALLER: Principal = {
  id: randomUUID(),
  sessionId: randomUUID(),
  organizationId: randomUUID(),
  role: 'superuser',
  locale: 'fr',
};

/** `GET /admin/stats` without HTTP, against counting the same messages once. */
export const measureStatistics = async (url: string): Promise<Section> => {
  const organizations = [randomUUID(), randomUUID()];
  await seed(url, organizations);
  const scopes = new OrganizationScope();
  const dataSource = await new DataSource(dataSourceOptions(url, 2, scopes)).initialize();
  const uow = new UnitOfWork(dataSource, scopes);
  const stats = new StatsService(
    new SystemClock(),
    new AnswerFigures(uow),
    new ContentFigures(uow),
    new ServerFigures(uow),
    new UsageFigures(uow, new UsageConfig()),
  );
  const row = async (name: string, days: number, organizationId?: string): Promise<Row> => {
    const from = new Date(Date.now() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
    const pair = await inTurn(
      RUNS,
      () => stats.read(CALLER, { from, ...(organizationId !== undefined && { organizationId }) }),
      () => uow.query(COUNT, [organizationId ?? null, from]),
    );
    const [ours, baseline] = [median(pair.ours), median(pair.baseline)];
    return { name, ours: milliseconds(ours), baseline: milliseconds(baseline), ratio: ours / baseline };
  };
  const rows = [
    await row('a month of one organization', 30, organizations[0]),
    await row('a year of one organization', DAYS, organizations[0]),
    await row('a month of all', 30),
    await row('a year of all', DAYS),
  ];
  await dataSource.destroy();
  return {
    title: `Statistics of ${MESSAGES.toLocaleString('en')} messages in a year (baseline: counting the messages)`,
    rows,
  };
};
