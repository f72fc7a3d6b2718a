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

  /** Never throws for what a model does: rules need none. */
  async execute(asking: Asking, stopped: AbortSignal): Promise<PlannedQuery> {
    const limit = Math.max(this.config.queryRewritingTimeoutMs, 1);
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(limit)]);
    const [rewritten, language] = await Promise.all([this.rewrite(asking, signal), this.foreign(asking)]);
    const { searched, usage } = rewritten;
    if (language === undefined) return { searched: { ...searched, translation: 'unneeded' }, usage };
    const able = await this.writer(asking);
    if (!able) return { searched: { ...searched, translation: 'no_model' }, usage };
    const translated = await askForQuery(able, translateTurns(searched.query, language), asking.locale, signal);
    return { searched: { ...searched, ...translationOf(translated) }, usage: together(usage, translated.usage) };
  }

  private async rewrite(asking: Asking, signal: AbortSignal): Promise<PlannedQuery> {
    const { question, previous, locale } = asking;
    const query = retrievalQuery(question, previous);
    const byRules: SearchedQuery = { query, origin: query === question ? 'question' : 'rules' };
    const none = { promptTokens: 0, completionTokens: 0 };
    const model = previous.length > 0 && isFollowUp(question) ? await this.writer(asking) : undefined;
    if (!model) return { searched: byRules, usage: none };
    const { query: own, usage } = await askForQuery(model, rewriteTurns(question, previous), locale, signal);
    const isUsable = own !== undefined && speaksOf(own, [question, ...previous]);
    return { searched: isUsable ? { query: own, origin: 'model' } : byRules, usage };
  }

  /** Undefined where only rules are wanted, and where nothing but quotes is to be had. */
  private async writer({ model }: Asking): Promise<ChatModel | undefined> {
    if (this.config.queryRewritingTimeoutMs <= 0) return undefined;
    const first = await model();
    return first && isGenerative(first) ? first : undefined;
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
