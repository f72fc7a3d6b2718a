import { Validator } from '@seriousme/openapi-schema-validator';
import type { OpenAPIObject } from '@nestjs/swagger';
import request from 'supertest';

import { buildOpenApiDocument } from '#apps/api/src/openapi-document';
import { describeRoutes } from '#libs/http';

import { TestApi } from '../support/api';

type SpecData = Parameters<Validator['validate']>[0];
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

describe('The production composition', () => {
  let api: TestApi;
  let document: OpenAPIObject;
  beforeAll(async () => {
    api = await TestApi.start();
    document = buildOpenApiDocument(api.app);
  });
  afterAll(() => api.close());

  const operations = (): [string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, Operation] => [
        `${method} ${path}`,
        operation as Operation,
      ]),
    );

  it('serves a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate(document as unknown as SpecData);
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('documents every route with a summary, a known tag and what success looks like', () => {
    const tags = new Set(document.tags?.map(({ name }) => name));
    const poor = operations().filter(([, { summary, tags: own, responses }]) => {
      const succeeds = Object.keys(responses).some((status) => /^[23]/.test(status));
      return !summary || !succeeds || !own?.every((tag) => tags.has(tag));
    });
    expect(poor.map(([name]) => name)).toEqual([]);
  });

  it('lets nobody in without credentials but where the rule says public', async () => {
    const routes = describeRoutes(api.app).filter(({ path }) => path.startsWith('/api/v1'));
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, path, access } of routes) {
      if (access === 'public') continue;
      const address = path.replaceAll(/:\w+/g, '3f8e1c9e-8f0f-4f53-9d5b-0d0b7cb2b0aa');
      const send = request(api.url)[method.toLowerCase() as 'get'](address);
      expect([method, path, (await send).status]).toEqual([method, path, 401]);
    }
  });

  it('is ready on real servers', async () => {
    const { body } = (await request(api.url).get('/health/ready').expect(200)) as { body: { dependencies: object } };
    expect(Object.keys(body.dependencies)).toEqual([
      'database',
      'vectorStore',
      'llm',
      'queue',
      'disk',
      'memory',
      'files',
    ]);
  });
});
