import type { INestApplication } from '@nestjs/common';

import { buildOpenApiDocument } from '#apps/api/src/openapi-document';
import {
  describeRoutes,
  FEATURES,
  ROLES,
  statusOf,
  type AccessRule,
  type Feature,
  type RouteDescription,
} from '#libs/http';
import { errorCatalogue, type ErrorDefinition } from '#libs/kernel';

const NOTICE = '<!-- Written by `npm run openapi`; change the code, not this file. -->';

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** As the migration that made them has them; test/access/route-table.e2e-spec.ts calls every route under each. */
const PLANS: readonly { readonly code: string; readonly features: readonly Feature[] }[] = [
  { code: 'free', features: [] },
  { code: 'plus', features: FEATURES },
  { code: 'unlimited', features: FEATURES },
];

const CALLERS: readonly AccessRule[] = ['public', ...ROLES];

const roleRow = ({ method, path, access, scope, feature, flag }: RouteDescription): string[] => [
  `${method} ${path}`,
  ...CALLERS.map((_, rank) => (rank >= CALLERS.indexOf(access) ? 'yes' : rank === 0 ? '401' : '403')),
  access === 'public' ? '' : (scope ?? '403'),
  ...PLANS.map(({ features }) => (feature && !features.includes(feature) ? `403: ${feature}` : 'yes')),
  flag ?? '',
];

const roleTable = (app: INestApplication): string =>
  [
    NOTICE,
    '',
    '# Role table',
    '',
    'Who may call each route. A role that may call a route still sees only the rows it may read. `API key` is the scope a',
    'key needs besides; 403 where no key may call, empty where no credentials are asked for. Then come the plans',
    'an installation begins with: where one says 403, whoever may call the route is refused for want of the feature named.',
    'A flag is what administrators may close the route by.',
    '',
    table(
      ['Route', 'Anyone', ...ROLES, 'API key', ...PLANS.map(({ code }) => `plan ${code}`), 'flag'],
      describeRoutes(app).map(roleRow),
    ),
    '',
  ].join('\n');

const errorRow = ({ code, kind, fr, en }: ErrorDefinition): string[] => [
  `\`${code}\``,
  String(statusOf(kind)),
  `${en.title}. ${en.detail}`,
  `${fr.title}. ${fr.detail}`,
];

const errors = (): string =>
  [
    NOTICE,
    '',
    '# Error catalogue',
    '',
    'Every `code` a problem document can carry, with its HTTP status and its texts; `{name}` stands for a detail.',
    '',
    table(['Code', 'Status', 'English', 'French'], errorCatalogue().map(errorRow)),
    '',
  ].join('\n');

/** Files that are derived from the code and committed, by path. A test compares them with the code. */
export const generatedDocs = (app: INestApplication): ReadonlyMap<string, string> =>
  new Map([
    ['docs/openapi.json', `${JSON.stringify(buildOpenApiDocument(app), null, 2)}\n`],
    ['docs/technical/role-table.md', roleTable(app)],
    ['docs/technical/error-catalogue.md', errors()],
  ]);
