import { BadGatewayException, ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';

import { toProblem } from './to-problem';
import { translateError } from './translate-error';

const withStatus = (error: Error, statusCode: number): Error => Object.assign(error, { statusCode });
const fastifyError = (statusCode: number): Error =>
  withStatus(Object.assign(new Error('raw'), { name: 'FastifyError' }), statusCode);

describe('translateError', () => {
  it.each([
    [new NotFoundException(), 'route.not_found'],
    [new ForbiddenException(), 'auth.forbidden'],
    [new ThrottlerException(), 'rate.limited'],
    [new HttpException('teapot', 418), 'request.malformed'],
    [new BadGatewayException(), 'internal'],
    [fastifyError(413), 'request.too_large'],
    [fastifyError(415), 'request.unsupported_media_type'],
    [fastifyError(500), 'internal'],
    [withStatus(new SyntaxError('bad JSON'), 400), 'request.malformed'],
    [new Error('plain'), 'internal'],
    [undefined, 'internal'],
  ])('names %s', (error, code) => {
    expect(translateError(error).code).toBe(code);
  });

  it('does not let a library choose a status by a property of its error', () => {
    expect(translateError(withStatus(new Error('from an upstream'), 404)).code).toBe('internal');
  });

  it('keeps the cause for the log and out of the problem', () => {
    const cause = new Error('postgres://user:secret@host');
    expect(translateError(cause).cause).toBe(cause);
    expect(JSON.stringify(toProblem(cause, 'en', '/x', 'id'))).not.toContain('secret');
  });
});
