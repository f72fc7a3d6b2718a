import { defineError, DomainError, errorCatalogue, renderErrorText } from './domain-error';

class TooLargeError extends DomainError {
  static override readonly definition = defineError({
    code: 'thing.too_large',
    kind: 'too_large',
    fr: { title: 'Trop grand', detail: 'La chose pèse {size} Mo.' },
    en: { title: 'Too large', detail: 'The thing weighs {size} MB.' },
  });

  constructor(size: number) {
    super({ size });
  }
}

describe('DomainError', () => {
  it('takes code, kind and message from the definition of its class', () => {
    const error = new TooLargeError(12);
    expect(error).toMatchObject({
      name: 'TooLargeError',
      code: 'thing.too_large',
      kind: 'too_large',
      message: 'The thing weighs 12 MB.',
      details: { size: 12 },
    });
    expect(error).toBeInstanceOf(DomainError);
  });

  it('keeps a placeholder whose detail is missing, so the mistake is seen', () => {
    expect(renderErrorText('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });

  it('lists every definition, and refuses a code that stands for two kinds of problems', () => {
    expect(errorCatalogue().filter(({ code }) => code === 'thing.too_large')).toEqual([TooLargeError.definition]);
    expect(() => defineError({ ...TooLargeError.definition, kind: 'missing' })).toThrow('two kinds of problems');
  });
});
