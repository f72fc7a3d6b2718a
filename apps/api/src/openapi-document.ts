import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

import { documentAccess, documentCommonProblems, documentOpenAiErrors, OpenAiError, Problem } from '#libs/http';

import { divideAdministration } from './divide-administration';
import { fillExamples } from './fill-examples';
import { toOpenApi31 } from './to-openapi-31';

/** In the order a newcomer needs them. Controllers name theirs with `@ApiTags`. */
const TAGS: readonly (readonly [string, string])[] = [
  ['Identity', 'Sign in, the own profile, sessions and API keys.'],
  ['Collections', 'Sets of documents: the unit of access.'],
  ['Groups', 'People who are granted the same.'],
  ['Documents', 'Upload, follow and read documents.'],
  ['Search', 'Find passages.'],
  ['Chat', 'Ask, and get answers whose every citation quotes its source.'],
  ['Speech', 'Turn speech into text.'],
  ['OpenAI-compatible', 'For clients written for the OpenAI API.'],
  ['Administration', 'Users, organizations, plans, jobs and settings.'],
  ['Service', 'Health and metrics.'],
];

const DESCRIPTION = [
  'A private assistant for your own documents. Sign in with `POST /api/v1/auth/login`, press **Authorize** and paste the',
  '`accessToken`. Failures are RFC 9457 problem documents; switch on `code`. Texts follow `Accept-Language` (fr, en).',
].join(' ');

/** The exact contract, for Swagger UI, `npm run openapi` and the tests. */
export const buildOpenApiDocument = (app: INestApplication): OpenAPIObject => {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('MY-IA')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [OpenAiError, Problem],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  documentAccess(document, app);
  documentCommonProblems(document);
  documentOpenAiErrors(document);
  fillExamples(document);
  divideAdministration(document);
  return toOpenApi31(document);
};
