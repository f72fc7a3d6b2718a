import { Injectable } from '@nestjs/common';

import { writeExport, type ResourceExport } from '#libs/crud';
import { hasRole, type Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { AnswerFigures } from './answer-figures';
import { ContentFigures, type Whose } from './content-figures';
import { periodOf } from './period';
import { ServerFigures, unavailable } from './server-figures';
import type { StatsExportDto, StatsQueryDto, UsageFiguresDto } from './stats.dto';
import type { DayFiguresView, StatsView } from './stats.view';
import { UsageFigures } from './usage-figures';
import type { UsageFiguresView } from './usage-figures.view';

/** Of an export, in their order. */
const COLUMNS: readonly (keyof DayFiguresView)[] = [
  'day',
  'questions',
  'answers',
  'failed',
  'abstained',
  'errorRate',
  'abstentionRate',
  'promptTokens',
  'completionTokens',
  'cost',
];

/** Figures for administrators: of their organization, for superusers of any or of all. One bounded statement per block. */
@Injectable()
export class StatsService {
  constructor(
    private readonly clock: Clock,
    private readonly answers: AnswerFigures,
    private readonly content: ContentFigures,
    private readonly server: ServerFigures,
    private readonly usage: UsageFigures,
  ) {}

  /** One block after the other: figures are in no hurry, and requests need the connections. @throws StatsPeriodError */
  async read(caller: Principal, query: StatsQueryDto): Promise<StatsView> {
    const period = periodOf(query, this.clock.now());
    const whose = whoseOf(caller, query);
    const days = await this.answers.days(whose, period);
    return {
      ...period,
      organizationId: whose ?? null,
      users: await this.content.users(whose, period),
      documents: await this.content.documents(whose),
      messages: this.answers.total(days),
      days,
      slowestQuestions: await this.answers.slowest(whose, period),
      slowestStatements: whose === undefined ? await this.server.slowestStatements() : NOT_OF_ONE,
      databaseBytes: whose === undefined ? await this.server.databaseBytes() : null,
      queues: await this.content.queues(whose),
    };
  }

  /** What models were used for and what it cost, by day when nothing else is asked. @throws StatsPeriodError */
  readUsage(caller: Principal, { groupBy = 'day', ...query }: UsageFiguresDto): Promise<UsageFiguresView> {
    return this.usage.by(groupBy, whoseOf(caller, query), periodOf(query, this.clock.now()));
  }

  /** The days as a file. @throws StatsPeriodError */
  async export(caller: Principal, { format = 'csv', ...query }: StatsExportDto): Promise<ResourceExport> {
    const days = await this.answers.days(whoseOf(caller, query), periodOf(query, this.clock.now()));
    return writeExport('stats', format, COLUMNS, asyncOf(days));
  }
}

const NOT_OF_ONE = unavailable('Statements are not counted by organization');

/** What an administrator of one organization names is not looked at: it is always the own one. */
const whoseOf = ({ role, organizationId }: Principal, query: StatsQueryDto): Whose =>
  hasRole(role, 'superuser') ? query.organizationId : organizationId;

// eslint-disable-next-line @typescript-eslint/require-await -- an export is written from what arrives over time
async function* asyncOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
