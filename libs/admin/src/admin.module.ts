import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { IngestionCoreModule } from '#libs/ingestion';

import { JobEntity } from './jobs/job.entity';
import { JobsController } from './jobs/jobs.controller';
import { JobsService } from './jobs/jobs.service';
import { AnswerFigures } from './stats/answer-figures';
import { ContentFigures } from './stats/content-figures';
import { ServerFigures } from './stats/server-figures';
import { StatsController } from './stats/stats.controller';
import { StatsService } from './stats/stats.service';
import { UsageFigures } from './stats/usage-figures';
import { StartTask } from './tasks/start-task';

/** What an operator sees and does across features, over HTTP. */
@Module({
  imports: [IngestionCoreModule, TypeOrmModule.forFeature([JobEntity])],
  controllers: [JobsController, StatsController],
  providers: [JobsService, StartTask, StatsService, AnswerFigures, ContentFigures, ServerFigures, UsageFigures],
})
export class AdminModule {}
