/** Token of a stream that receives the log instead of standard output; tests provide one. */
export const LOG_DESTINATION = Symbol('observability:log-destination');
