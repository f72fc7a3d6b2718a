import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import pretty from 'pino-pretty';

import type { ObservabilityConfig } from '#libs/config';
import type { RequestContext } from '#libs/http';

import { maskLine, REDACTED_PATHS } from './redaction';

const destinationFor = ({ logFormat }: ObservabilityConfig): DestinationStream =>
  logFormat === 'pretty'
    ? pretty({ singleLine: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', sync: true })
    : process.stdout;

/**
 * Options of the one logger. The request id comes from the request context, not from a middleware that would have to run
 * on each request; the request line is written by the request observer, which knows the route.
 *
 * @param destination where lines go instead of standard output, for tests
 */
export const loggerParams = (
  config: ObservabilityConfig,
  context: RequestContext | undefined,
  destination: DestinationStream = destinationFor(config),
): Params => ({
  forRoutes: [],
  pinoHttp: [
    {
      level: config.logLevel,
      autoLogging: false,
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
      mixin: () => (context?.isActive ? { requestId: context.requestId } : {}),
      hooks: { streamWrite: maskLine },
    },
    destination,
  ],
});
