import { BrokenCircuitError, BulkheadRejectedError, TaskCancelledError } from 'cockatiel';
import { ModelUnavailableError, type ModelFailureReason } from '../llm.errors';
import { StageTimeoutError, UpstreamStatusError } from './upstream-errors';

export interface ModelIdentity {
  readonly provider: string;
  readonly model: string;
}

/** Codes of Node's network errors that mean: there is nobody at the other end, or no longer. */
const NETWORK_CODE = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|EADDR|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED)/;

/** The `code` of a Node error. Not `instanceof Error`: errors of Node's own realm fail that test inside Jest. */
export const codeOf = (error: unknown): string | undefined => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
};

const hasNetworkCode = (error: unknown): boolean => NETWORK_CODE.test(codeOf(error) ?? '');

const hasStatus =
  (...statuses: readonly number[]) =>
  (error: unknown): boolean =>
    error instanceof UpstreamStatusError && statuses.includes(error.status);

const RULES: readonly (readonly [ModelFailureReason, (error: unknown) => boolean])[] = [
  ['circuit_open', (error) => error instanceof BrokenCircuitError],
  ['busy', (error) => error instanceof BulkheadRejectedError],
  ['aborted', (error) => error instanceof TaskCancelledError],
  ['unreachable', (error) => error instanceof StageTimeoutError && error.stage === 'connect'],
  ['timeout', (error) => error instanceof StageTimeoutError],
  ['missing_model', hasStatus(404)],
  ['busy', hasStatus(429)],
  ['refused', hasStatus(401, 403)],
  ['unreachable', hasNetworkCode],
];

/** Names any failure of a call; what no rule knows is a bad response. */
export const toModelFailure = (
  error: unknown,
  { provider, model }: ModelIdentity,
  signal?: AbortSignal,
): ModelUnavailableError => {
  if (error instanceof ModelUnavailableError) return error;
  const known = RULES.find(([, applies]) => applies(error))?.[0] ?? 'bad_response';
  const reason = signal?.aborted ? 'aborted' : known;
  return new ModelUnavailableError({ provider, model, reason }, { cause: error });
};
