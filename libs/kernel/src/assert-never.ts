/** Marks the branch that exhaustive matching has made unreachable. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
};
