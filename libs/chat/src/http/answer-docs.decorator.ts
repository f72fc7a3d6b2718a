import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { ApiProblems, InvalidRequestError } from '#libs/http';

import { MessageView } from '../message/message.view';

const STREAM_EXAMPLE = [
  'id: 1\nevent: message\ndata: {"id":"5d0c4c3e-…","conversationId":"0a4f2a0e-…","parentId":"2f1a7c9d-…"}',
  'id: 2\nevent: sources\ndata: {"sources":[{"marker":1,"documentId":"b1f0c1de-…","title":"Accord","start":1200,"end":1250,"text":"…","score":0.83}]}',
  'id: 3\nevent: token\ndata: {"text":"Vous avez 25 jours"}',
  ': heartbeat',
  'id: 4\nevent: token\ndata: {"text":" [1]."}',
  'id: 5\nevent: citations\ndata: {"citations":[{"marker":1,"quote":"…","start":1200,"end":1250,"support":0.94}]}',
  'id: 6\nevent: done\ndata: {"id":"5d0c4c3e-…","content":"Vous avez 25 jours [1].","grounded":true}',
  '',
].join('\n\n');

/** What the events of a stream promise; in the OpenAPI document of every route that streams. */
const STREAM_DESCRIPTION =
  'Events in order: `message` (ids), `sources`, `token` {text} ..., `citations`, `done` (the whole message) or `error` (a problem); ' +
  'a comment every 15 s. `done` is the authority: its content may differ from the tokens by markers that were repaired or removed, ' +
  'and replaces them whole when `degraded` says that the model failed on the way. Going away does not stop the answer: reconnect ' +
  'with `Last-Event-ID` at `GET /messages/{id}/events`, or read the message later.';

/** Documents a stream of events beside, or instead of, JSON. */
export const ApiAnswer = (summary = 'The finished answer, or its events'): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(MessageView),
    ApiOkResponse({
      description: `${summary}. ${STREAM_DESCRIPTION}`,
      content: {
        'application/json': { schema: { $ref: getSchemaPath(MessageView) } },
        'text/event-stream': { schema: { type: 'string' }, example: STREAM_EXAMPLE },
      },
    }),
    ApiProblems(ResourceNotFoundError, InvalidRequestError),
  );

export const ApiEvents = (): MethodDecorator =>
  applyDecorators(
    ApiOkResponse({
      description: STREAM_DESCRIPTION,
      content: { 'text/event-stream': { schema: { type: 'string' }, example: STREAM_EXAMPLE } },
    }),
    ApiProblems(ResourceNotFoundError, InvalidRequestError),
  );
