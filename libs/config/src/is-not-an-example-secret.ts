import { ValidateBy } from 'class-validator';

const EXAMPLES = /change.?me|example|secret.?secret|your.?secret|password|(.)\1{7}/i;

/** Refuses secrets copied from a document: an example is a public key to the house. */
export const IsNotAnExampleSecret = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNotAnExampleSecret',
    validator: {
      validate: (value) => typeof value === 'string' && !EXAMPLES.test(value),
      defaultMessage: () => 'it looks like an example; generate one with `openssl rand -base64 48`',
    },
  });
