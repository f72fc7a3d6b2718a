import { Injectable } from '@nestjs/common';

import { RewritingConfig } from '#libs/config';
import type { ChatModel, ChatUsage } from '#libs/llm';
import { SpokenLanguages, type SearchedQuery } from '#libs/retrieval';
import { detectLanguage } from '#libs/text';

import type { Asking } from '../source-finder';
import { askForQuery, rewriteTurns, speaksOf, translateTurns, type QueryByModel } from './ask-for-query';
import { isFollowUp, retrievalQuery } from './retrieval-query';
import { together } from './together';

/** What to search for, and what it cost to find out. */
export interface PlannedQuery {
  readonly searched: SearchedQuery;
  readonly usage: ChatUsage;
}

/** A language that fewer of the documents speak is not worth the time of a translation. */
const SPOKEN_SHARE = 1 / 3;

const isGenerative = ({ provider }: ChatModel): boolean => provider !== 'builtin';

/**
 * Decides what to search for: the question; for a follow-up the question made to stand alone, by the model when there is one
 * and by rules otherwise; and the same in the language of the documents, where a model can translate.
 */
@Injectable()
export class PlanQuery {
  constructor(
    private readonly languages: SpokenLanguages,
    private readonly config: RewritingConfig,
  ) {}

  /**
   * Never throws for a model: rules need none.
   * @param model the first that would answer
   */
  async execute(asking: Asking, model: ChatModel, stopped: AbortSignal): Promise<PlannedQuery> {
    const { queryRewritingTimeoutMs: limit } = this.config;
    const able = limit > 0 && isGenerative(model) ? model : undefined;
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(Math.max(limit, 1))]);
    const [rewritten, language] = await Promise.all([this.rewrite(asking, able, signal), this.foreign(asking)]);
    const { searched, usage } = rewritten;
    if (language === undefined) return { searched: { ...searched, translation: 'unneeded' }, usage };
    if (!able) return { searched: { ...searched, translation: 'no_model' }, usage };
    const translated = await askForQuery(able, translateTurns(searched.query, language), asking.locale, signal);
    return { searched: { ...searched, ...translationOf(translated) }, usage: together(usage, translated.usage) };
  }

  private async rewrite(
    { question, previous, locale }: Asking,
    model: ChatModel | undefined,
    signal: AbortSignal,
  ): Promise<PlannedQuery> {
    const query = retrievalQuery(question, previous);
    const byRules: SearchedQuery = { query, origin: query === question ? 'question' : 'rules' };
    const none = { promptTokens: 0, completionTokens: 0 };
    if (!model || previous.length === 0 || !isFollowUp(question)) return { searched: byRules, usage: none };
    const { query: own, usage } = await askForQuery(model, rewriteTurns(question, previous), locale, signal);
    const isUsable = own !== undefined && speaksOf(own, [question, ...previous]);
    return { searched: isUsable ? { query: own, origin: 'model' } : byRules, usage };
  }

  /** In English, the language that many of the documents speak and the question does not. */
  private async foreign({ principal, question, collectionIds }: Asking): Promise<string | undefined> {
    const own = detectLanguage(question);
    if (own === 'und') return undefined;
    const spoken = await this.languages.list(principal, collectionIds);
    const all = [...spoken.values()].reduce((total, count) => total + count, 0);
    const [most] = [...spoken]
      .filter(([language, count]) => language !== own && language !== 'und' && count > all * SPOKEN_SHARE)
      .toSorted(([, a], [, b]) => b - a);
    return most && new Intl.DisplayNames('en', { type: 'language' }).of(most[0]);
  }
}

const translationOf = ({ query }: QueryByModel): Pick<SearchedQuery, 'translated' | 'translation'> =>
  query === undefined ? { translation: 'failed' } : { translated: query, translation: 'made' };
