/** A text, a number or a list of texts, in the OpenAPI document. */
export const VALUE_SCHEMA = {
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'array', items: { type: 'string' } }],
};
