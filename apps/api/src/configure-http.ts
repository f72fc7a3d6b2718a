import { constants } from 'node:zlib';

import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { HttpConfig } from '#libs/config';
import {
  acceptEmptyJson,
  answerClientError,
  createValidationPipe,
  registerBodyTimeout,
  registerInputInspection,
  registerRequestContext,
  registerStreamShutdown,
  sendProblem,
  translateError,
} from '#libs/http';
import { RequestObserver } from '#libs/observability';

import { buildOpenApiDocument } from './openapi-document';

/** Longest path parameter; ours are UUIDs and the contract's transcription ids of at most 255 characters. */
const MAX_PARAM_LENGTH = 300;

/** Files of one upload request; more belong into several requests, each with its own answer. */
const MAX_FILES = 1_000;

/** Longest silence of a client in the middle of a body, in milliseconds; as long as Node waits for the headers. */
const BODY_IDLE_MS = 60_000;

/** Text fields beside the files: none is read, so they are few and small. */
const MAX_FIELDS = 10;
const MAX_FIELD_BYTES = 1024;

/** Smaller answers cost more to compress than they save on the wire. */
const COMPRESS_FROM_BYTES = 2048;

/**
 * The fastest levels: a page of search results (20 kB) takes 0.1 ms instead of 0.6 and comes out a seventh larger, and the
 * time is that of a processor that also searches.
 */
const COMPRESSION = {
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  zlibOptions: { level: 1 },
};

/** Paths outside of the versioned prefix. */
const UNPREFIXED = ['/', 'health/*path', 'metrics', 'docs', 'docs-json', 'openai/*path'];

/** Swagger UI brings its own inline styles and data: images, and nothing from elsewhere. */
const CONTENT_SECURITY_POLICY = {
  directives: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    scriptSrc: ["'self'"],
    fontSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
};

/** Half a year; browsers heed it over TLS only. The names below ours are not ours to speak for. */
const STRICT_TRANSPORT = { maxAge: 15_552_000, includeSubDomains: false };

/** What clients in a browser may read beside the body. */
const EXPOSED_HEADERS = [
  'X-Request-Id',
  'ETag',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Idempotency-Replayed',
  'Content-Disposition',
  'X-Api-Key-Expires-At',
];

/** The Fastify adapter as production runs it. The request id is ours (libs/http), so Fastify's header is off. */
export const createHttpAdapter = (config: HttpConfig): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: config.bodyLimitBytes,
    trustProxy: (_address, hop) => hop < config.trustProxy,
    requestIdHeader: false,
    clientErrorHandler: (_error, socket) => answerClientError(socket, config.defaultLocale),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    multipart: false,
    // Malformed addresses fail before any hook or filter of ours runs.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(translateError(error), request, reply, config.defaultLocale),
  });

const registerPlugins = async (app: NestFastifyApplication, config: HttpConfig): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    crossOriginResourcePolicy: false,
    strictTransportSecurity: STRICT_TRANSPORT,
    xFrameOptions: { action: 'deny' },
  });
  await app.register(compress, { ...COMPRESSION, threshold: COMPRESS_FROM_BYTES, encodings: ['br', 'gzip'] });
  await app.register(multipart, {
    limits: {
      // The limit in force is applied while a file is received, for it can change meanwhile.
      fileSize: config.largestUploadBytes,
      files: MAX_FILES,
      fields: MAX_FIELDS,
      fieldSize: MAX_FIELD_BYTES,
      parts: MAX_FILES + MAX_FIELDS,
    },
  });
};

/** Tokens, questions, answers and documents stay out of every cache; only the documentation may be kept. */
const forbidCaching = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', ({ url }, reply, done) => {
    if (!url.startsWith('/docs')) reply.header('Cache-Control', 'no-store');
    done();
  });
};

const enableCors = (app: NestFastifyApplication, { corsOrigins }: HttpConfig): void => {
  if (corsOrigins.length === 0) return;
  app.enableCors({
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  });
};

const serveDocs = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('docs', app, () => buildOpenApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      // Two hundred routes: closed sections and a search field are found faster than an open page is scrolled.
      docExpansion: 'none',
      filter: true,
    },
    customSiteTitle: 'MY-IA API',
  });
};

/** Puts every route under `/api/v1`, save those of operators and of other contracts. */
export const applyPrefix = (app: INestApplication): void => {
  app.setGlobalPrefix('api/v1', { exclude: UNPREFIXED });
};

/** Everything between the socket and the controllers; shared by production and tests. Call before `app.init()`. */
export const configureHttp = async (app: NestFastifyApplication): Promise<void> => {
  const config = app.get(HttpConfig);
  const fastify = app.getHttpAdapter().getInstance();
  registerRequestContext(fastify, () => config.defaultLocale);
  app.get(RequestObserver).observe(fastify);
  registerInputInspection(fastify);
  registerBodyTimeout(fastify, BODY_IDLE_MS);
  forbidCaching(fastify);
  registerStreamShutdown(fastify);
  enableCors(app, config);
  await registerPlugins(app, config);
  acceptEmptyJson(app);
  applyPrefix(app);
  app.useGlobalPipes(createValidationPipe());
  app.enableShutdownHooks();
  serveDocs(app);
};
