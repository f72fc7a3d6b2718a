import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import type { Locale } from '#libs/kernel';

import { MalformedRequestError } from './http.errors';
import { PROBLEM_MEDIA_TYPE } from './problem';
import { toProblem } from './to-problem';

/** Answers what Node could not even read as a request: a problem like any other, and the end of the connection. */
export const answerClientError = (socket: Socket, locale: Locale): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const body = JSON.stringify(toProblem(new MalformedRequestError(), locale, '/', requestId));
  const head = [
    'HTTP/1.1 400 Bad Request',
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
