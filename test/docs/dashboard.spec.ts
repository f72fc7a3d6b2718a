import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { collectDefaultMetrics, Registry } from 'prom-client';

const ROOT = join(__dirname, '../..');
const DASHBOARD = 'docs/technical/monitoring/grafana/dashboards/my-ia.json';
const DEFINITIONS = 'libs/observability/src/metrics/metric-definitions.ts';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const processMetrics = (): string[] => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const names = register.getMetricsAsArray().map(({ name }) => name);
  register.clear();
  return names;
};

const ownMetrics = (): string[] =>
  [...read(DEFINITIONS).matchAll(/^export const [A-Z_]+ = '([a-z_]+)';$/gm)].map(([, name = '']) => name);

/** Names in a query: what is followed by a selector or a closing parenthesis and is no function. */
const metricsOf = (query: string): string[] =>
  [...query.matchAll(/\b([a-z]+(?:_[a-z0-9]+)+)(?=[{[)]|$)/g)].map(([, name = '']) =>
    name.replace(/_(bucket|count|sum)$/, ''),
  );

describe('the Grafana dashboard', () => {
  const { panels } = JSON.parse(read(DASHBOARD)) as Dashboard;
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const used = new Set(queries.flatMap(metricsOf));

  it('asks only for metrics the product has', () => {
    const known = new Set([...ownMetrics(), ...processMetrics()]);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
  });

  it('shows every metric the product defines', () => {
    expect(ownMetrics().filter((name) => !used.has(name))).toEqual([]);
  });

  it('asks something in every panel that is not a heading', () => {
    const silent = panels.filter((panel) => !('collapsed' in panel) && !panel.targets?.length);
    expect(silent.map(({ title }) => title)).toEqual([]);
  });
});
