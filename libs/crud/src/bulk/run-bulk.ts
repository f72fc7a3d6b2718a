import { Logger } from '@nestjs/common';

import { translateError } from '#libs/http';
import { renderErrorText, type Locale } from '#libs/kernel';

import type { BulkResultView } from './bulk-result.view';

const logger = new Logger('BulkAction');

const failed = (id: string, thrown: unknown, locale: Locale): BulkResultView['results'][number] => {
  const error = translateError(thrown);
  if (error.kind === 'internal') logger.error(thrown);
  const { title, detail } = error.definition[locale];
  const texts = { title: renderErrorText(title, error.details), detail: renderErrorText(detail, error.details) };
  return { id, outcome: 'failed', problem: { code: error.code, ...texts } };
};

/**
 * Does the same to each row, one after the other and each in a transaction of its own: what fails for one row undoes
 * nothing of the others.
 *
 * @param act as for a single row; it checks rights and records itself
 * @param locale of the reasons
 */
export const runBulk = async (
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
  locale: Locale,
): Promise<BulkResultView> => {
  const results: BulkResultView['results'] = [];
  for (const id of ids) {
    results.push(
      await act(id).then(
        () => ({ id, outcome: 'done' as const }),
        (thrown: unknown) => failed(id, thrown, locale),
      ),
    );
  }
  return { results };
};
