import { getMetadataStorage, type ValidationError } from 'class-validator';

import type { FieldError } from '../problems/invalid-request.error';
import { constraintMessage } from './constraint-messages';

/** class-validator's word for a property no decorator knows. */
const UNKNOWN = 'whitelistValidation';

/** Arguments a rule was declared with (`12` of `@MinLength(12)`): the error itself only carries an English sentence. */
const argumentsOf = ({ target, property }: ValidationError, rule: string): readonly unknown[] => {
  if (!target) return [];
  const declared = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  const metadata = declared.find(({ propertyName, name }) => propertyName === property && name === rule);
  return (metadata?.constraints as readonly unknown[] | undefined) ?? [];
};

const ownErrors = (error: ValidationError, field: string): FieldError[] =>
  Object.entries(error.constraints ?? {}).map(([rule, authored]) => {
    const code = rule === UNKNOWN ? 'unknownField' : rule;
    return { field, code, message: constraintMessage(code, argumentsOf(error, rule), authored) };
  });

/** Flattens class-validator's tree into one entry per broken rule; fields as `items.0.name`. */
export const fieldErrors = (errors: readonly ValidationError[], parent = ''): FieldError[] =>
  errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    return [...ownErrors(error, field), ...fieldErrors(error.children ?? [], field)];
  });
