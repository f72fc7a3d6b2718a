import { TokensNotSupportedError, UnsupportedParameterError } from './openai.errors';

type Test = (value: unknown) => boolean;

const isSet: Test = (value) => value !== undefined && value !== null && value !== '' && !isEmpty(value);
const isEmpty: Test = (value) => Array.isArray(value) && value.length === 0;
const isAbove =
  (limit: number): Test =>
  (value) =>
    typeof value === 'number' && value > limit;
/** Without tools there is nothing to choose, whichever of these says so. */
const isChoice: Test = (value) => isSet(value) && value !== 'none' && value !== 'auto';
const isFormat: Test = (value) => isSet(value) && (value as { type?: unknown }).type !== 'text';
const hasOtherThanText: Test = (value) => Array.isArray(value) && value.some((one) => one !== 'text');

/**
 * Parameters of chat completions whose effect a client would miss, each with the values that would have one. All others that
 * the product does not know are taken and do nothing: they tune a model, and an answer without them is still the answer.
 */
const REFUSED: Readonly<Record<string, Test>> = {
  tools: isSet,
  functions: isSet,
  tool_choice: isChoice,
  function_call: isChoice,
  n: isAbove(1),
  stop: isSet,
  response_format: isFormat,
  logprobs: (value) => value === true,
  top_logprobs: isAbove(0),
  modalities: hasOtherThanText,
  audio: isSet,
  web_search_options: isSet,
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (body: unknown): Fields => (typeof body === 'object' && body !== null ? (body as Fields) : {});

/** @throws UnsupportedParameterError naming the first that would have an effect */
export const refuseUnsupported = (body: unknown): void => {
  const fields = fieldsOf(body);
  const refused = Object.keys(REFUSED).find((name) => Object.hasOwn(fields, name) && REFUSED[name]?.(fields[name]));
  if (refused !== undefined) throw new UnsupportedParameterError(refused);
};

const isToken: Test = (value) => typeof value === 'number' || Array.isArray(value);

/** @throws TokensNotSupportedError */
export const refuseTokens = (body: unknown): void => {
  const { input } = fieldsOf(body);
  if (Array.isArray(input) && input.some(isToken)) throw new TokensNotSupportedError();
};
