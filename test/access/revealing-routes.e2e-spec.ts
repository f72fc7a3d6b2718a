import { describeRoutes } from '#libs/http';
import { TestApi } from '#test/support/api';

import { PROBED_ROUTES } from './support/probed-routes';
import { TEXTLESS_ROUTES } from './support/textless-routes';

describe('Every route', () => {
  let routes: string[];

  beforeAll(async () => {
    const api = await TestApi.start();
    routes = describeRoutes(api.app).map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
    await api.close();
  });

  it('is asked for secrets by the leak test, or is known to have no text of documents to tell', () => {
    const known = new Set([...PROBED_ROUTES, ...Object.keys(TEXTLESS_ROUTES)]);
    // A new route stands here until somebody has decided: probe it in support/probes.ts, or say why it tells nothing.
    expect(routes.filter((route) => !known.has(route))).toEqual([]);
  });

  it('that is classified exists', () => {
    const existing = new Set(routes);
    const classified = [...PROBED_ROUTES, ...Object.keys(TEXTLESS_ROUTES)];
    expect(classified.filter((route) => !existing.has(route))).toEqual([]);
  });

  it('is classified once', () => {
    expect(PROBED_ROUTES.filter((route) => route in TEXTLESS_ROUTES)).toEqual([]);
  });
});
