import { Validator } from '@seriousme/openapi-schema-validator';
import { Injectable, type Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import request from 'supertest';

import { buildOpenApiDocument } from '#apps/api/src/openapi-document';
import type { Problem } from '#libs/http';
import { HealthProbe, Metrics, type ProbeResult } from '#libs/observability';

import { startToyApi, type ToyApi } from './toy-api';

const probe = (name: string, critical: boolean, check: () => Promise<ProbeResult>): Type => {
  @Injectable()
  class ToyProbe extends HealthProbe {
    override readonly name = name;
    override readonly critical = critical;
    override check = check;
  }
  return ToyProbe;
};

type SpecData = Parameters<Validator['validate']>[0];

const state = (result: ProbeResult['state'], detail?: string) => () => Promise.resolve({ state: result, detail });

const withApi = async (options: Parameters<typeof startToyApi>[0], work: (api: ToyApi) => Promise<void>) => {
  const api = await startToyApi(options);
  try {
    await work(api);
  } finally {
    await api.app.close();
  }
};

describe('Health', () => {
  it('says alive', async () => {
    await withApi({}, async ({ url }) => {
      await request(url).get('/health/live').expect(200, { status: 'alive' });
    });
  });

  it('is ready with a degraded model and with something optional down, in the order of the contract', async () => {
    const providers = [
      probe('queue', false, state('down')),
      probe('llm', true, state('degraded', 'extractive answers')),
      probe('database', true, state('up')),
    ];
    await withApi({ providers }, async ({ url }) => {
      const { body } = (await request(url).get('/health/ready').expect(200)) as { body: { dependencies: object } };
      expect(body).toMatchObject({
        status: 'degraded',
        dependencies: {
          database: { state: 'up' },
          llm: { state: 'degraded', detail: 'extractive answers' },
          queue: { state: 'down' },
          memory: { state: 'up' },
        },
      });
      expect(Object.keys(body.dependencies)).toEqual(['database', 'llm', 'queue', 'disk', 'memory']);
    });
  });

  it('is 503 with every state when something critical is down, throws or never answers, and tells nothing of it', async () => {
    const providers = [
      probe('database', true, () => Promise.reject(new Error('postgres://user:password@host refused'))),
      probe('vectorStore', true, () => new Promise<ProbeResult>(() => undefined)),
      probe('llm', false, state('up')),
    ];
    await withApi({ providers }, async ({ url }) => {
      const [{ body }] = (await Promise.all([
        request(url).get('/health/ready').expect(503),
        request(url).get('/health/ready').expect(503),
      ])) as [{ body: unknown }, unknown];
      expect(body).toMatchObject({
        status: 'unavailable',
        dependencies: { database: { state: 'down' }, vectorStore: { state: 'down' }, llm: { state: 'up' } },
      });
      expect(JSON.stringify(body)).not.toContain('password');
    });
  });
});

describe('Metrics', () => {
  it('measure requests by route pattern, unmatched addresses as one', async () => {
    await withApi({}, async ({ url, app }) => {
      await request(url)
        .get('/api/v1/toys/by-id/3f8e1c9e-8f0f-4f53-9d5b-0d0b7cb2b0aa')
        .set('Authorization', 'Bearer user:me');
      await request(url).get('/api/v1/toys/me').expect(401);
      for (let index = 0; index < 5; index += 1) await request(url).get(`/api/v1/random-${index}`).expect(404);
      const metrics = app.get(Metrics);
      metrics.observeModel('chat', 'ollama', 'mistral', 'ok', 1.5);
      metrics.observeRetrieval('dense', 0.01);
      metrics.observeIngestion('embed', 0.2);
      metrics.setQueueDepth('ingestion', 3);
      const { text, headers } = await request(url).get('/metrics').expect(200);
      expect(headers['content-type']).toContain('text/plain');
      expect(text).toContain('{method="GET",route="/api/v1/toys/by-id/:id",status="200"} 1');
      expect(text).toContain('{method="GET",route="/api/v1/toys/me",status="401"} 1');
      expect(text).toContain('http_request_duration_seconds_count{method="GET",route="unmatched",status="404"} 5');
      expect(text).toContain(
        'model_call_duration_seconds_count{kind="chat",provider="ollama",model="mistral",outcome="ok"} 1',
      );
      expect(text).toContain('queue_depth{queue="ingestion"} 3');
      expect(text).not.toMatch(/random-|3f8e1c9e/);
    });
  });

  it('ask for the token when one is set', async () => {
    await withApi({ env: { METRICS_TOKEN: 'a-scraper-token-of-some-length' } }, async ({ url }) => {
      const get = (token?: string) => {
        const sent = request(url).get('/metrics');
        return token === undefined ? sent : sent.set('Authorization', token);
      };
      await get('Bearer a-scraper-token-of-some-length').expect(200);
      for (const wrong of [
        undefined,
        '',
        'Bearer ',
        'Bearer a-scraper-token-of-some-lengtH',
        'a-scraper-token-of-some-length',
      ]) {
        const { body } = (await get(wrong).expect(401)) as { body: Problem };
        expect(body.code).toBe('metrics.token_required');
      }
    });
  });
});

describe('OpenAPI document', () => {
  let api: ToyApi;
  let document: OpenAPIObject;
  beforeAll(async () => {
    api = await startToyApi();
    document = buildOpenApiDocument(api.app);
  });
  afterAll(() => api.app.close());

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(document as unknown as SpecData);
    expect([valid, errors]).toEqual([true, undefined]);
    expect(document.openapi).toBe('3.1.0');
  });

  it('says for each route who may call it and how it fails', () => {
    const statuses = (path: string, method: 'get' | 'post' = 'get') =>
      Object.keys(document.paths[path]?.[method]?.responses ?? {});
    // 403 also where every role may call: an API key may lack the scope.
    expect(statuses('/api/v1/toys/me')).toEqual(['200', '401', '403', '429', '500']);
    expect(statuses('/api/v1/toys/admin')).toEqual(['200', '401', '403', '429', '500']);
    expect(statuses('/api/v1/forgotten')).toEqual(['200', '401', '403', '429', '500']);
    // An address may be refused anywhere.
    expect(statuses('/api/v1/toys/open')).toEqual(['200', '400', '403', '429', '500']);
    expect(statuses('/api/v1/toys', 'post')).toEqual(['400', '401', '403', '409', '413', '415', '422', '429', '500']);
    const me = document.paths['/api/v1/toys/me']?.get;
    expect(me?.security).toEqual([{ bearer: [] }]);
    expect(JSON.stringify(me?.responses['401'])).toContain('"auth.required"');
    expect(document.paths['/api/v1/toys/open']?.get?.security).toBeUndefined();
  });

  it('is served with a Swagger UI that its own security policy lets run', async () => {
    const page = await request(api.url).get('/docs').expect(200);
    expect(page.text).not.toMatch(/<script>(?!\s*<)/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    for (const asset of ['swagger-ui-bundle.js', 'swagger-ui-init.js', 'swagger-ui.css']) {
      await request(api.url).get(`/docs/${asset}`).expect(200);
    }
    const json = await request(api.url).get('/docs-json').expect(200);
    expect(json.body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('compresses long answers for who can read them', async () => {
    const response = await request(api.url).get('/docs-json').set('Accept-Encoding', 'gzip');
    expect(response.headers['content-encoding']).toBe('gzip');
  });
});

describe('CORS', () => {
  it('opens to the listed origins only, and to none by default', async () => {
    await withApi({ env: { CORS_ORIGINS: 'https://app.example' } }, async ({ url }) => {
      const preflight = await request(url)
        .options('/api/v1/toys/echo')
        .set({ Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' });
      expect(preflight.headers['access-control-allow-origin']).toBe('https://app.example');
      const refused = await request(url).get('/api/v1/toys/me').set('Origin', 'https://app.example').expect(401);
      expect(refused.headers['access-control-allow-origin']).toBe('https://app.example');
      const stranger = await request(url).get('/api/v1/toys/open').set('Origin', 'https://evil.example');
      expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
    });
    await withApi({}, async ({ url }) => {
      const response = await request(url).get('/api/v1/toys/open').set('Origin', 'https://app.example');
      expect(response.headers['access-control-allow-origin']).toBeUndefined();
    });
  });
});
