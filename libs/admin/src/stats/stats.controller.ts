import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';

import { Audited } from '#libs/audit';
import { sendExport } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, RateLimit, type Principal } from '#libs/http';

import { StatsExportDto, StatsQueryDto, UsageFiguresDto } from './stats.dto';
import { StatsPeriodError } from './stats.errors';
import { StatsService } from './stats.service';
import { StatsView } from './stats.view';
import { UsageFiguresView } from './usage-figures.view';

/** Each one counts a year of messages at most. */
const READS = { requests: 30, perSeconds: 60 };

@ApiTags('Administration')
@Controller('admin/stats')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError, StatsPeriodError)
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get()
  @RateLimit(READS)
  @ApiOperation({
    summary: 'Users, documents, answers, rates by day, slowest queries, storage and queues',
    description: 'Of your organization; for superusers of any or of all. Days are UTC, at most 366.',
  })
  @ApiOkResponse({ type: StatsView })
  read(@CurrentUser() caller: Principal, @Query() query: StatsQueryDto): Promise<StatsView> {
    return this.stats.read(caller, query);
  }

  @Get('usage')
  @RateLimit(READS)
  @ApiOperation({
    summary: 'What models were used for and what it cost, by day, user, model, kind or organization',
    description: 'Of your organization; for superusers of any or of all. Days are UTC, at most 366.',
  })
  @ApiOkResponse({ type: UsageFiguresView })
  readUsage(@CurrentUser() caller: Principal, @Query() query: UsageFiguresDto): Promise<UsageFiguresView> {
    return this.stats.readUsage(caller, query);
  }

  @Get('export')
  @RateLimit(READS)
  @Audited({ action: 'stats.exported', resource: 'stats', apart: true })
  @ApiOperation({ summary: 'The figures by day, as a CSV or JSON file' })
  @ApiProduces('text/csv', 'application/json')
  @ApiOkResponse({
    content: {
      'text/csv': { schema: { type: 'string' } },
      'application/json': { schema: { type: 'array', items: { type: 'object' } } },
    },
  })
  export(@CurrentUser() caller: Principal, @Query() query: StatsExportDto): Promise<StreamableFile> {
    return sendExport(this.stats.export(caller, query));
  }
}
