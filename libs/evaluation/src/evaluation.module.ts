import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ChatModule } from '#libs/chat';
import { IngestionModule } from '#libs/ingestion';
import { RetrievalModule } from '#libs/retrieval';

import { EvaluationAnswers } from './evaluation/evaluation-answers';
import { EvaluationWorker } from './evaluation/evaluation-worker';
import { EvaluationEntity } from './evaluation/evaluation.entity';
import { EvaluationsController } from './evaluation/evaluations.controller';
import { EvaluationsService } from './evaluation/evaluations.service';
import { JudgeEvaluations } from './evaluation/judge-evaluations';
import { RunEvaluation } from './evaluation/run-evaluation';
import { GoldenQuestionData } from './golden-question/golden-question-data';
import { GoldenQuestionEntity } from './golden-question/golden-question.entity';
import { GoldenQuestionsController } from './golden-question/golden-questions.controller';
import { GoldenQuestionsService } from './golden-question/golden-questions.service';
import { ImportQuestions } from './golden-question/import-questions';
import { PromoteFeedback } from './golden-question/promote-feedback';
import { QuestionRoom } from './golden-question/question-room';
import { GoldenSetEntity } from './golden-set/golden-set.entity';
import { GoldenSetsController } from './golden-set/golden-sets.controller';
import { GoldenSetsService } from './golden-set/golden-sets.service';

/** Quality as a part of the product: golden questions, evaluations, and settings that are tried before they count. */
@Module({
  imports: [
    ChatModule,
    IngestionModule,
    RetrievalModule,
    TypeOrmModule.forFeature([EvaluationEntity, GoldenQuestionEntity, GoldenSetEntity]),
  ],
  controllers: [EvaluationsController, GoldenQuestionsController, GoldenSetsController],
  providers: [
    EvaluationAnswers,
    EvaluationWorker,
    EvaluationsService,
    GoldenQuestionData,
    GoldenQuestionsService,
    GoldenSetsService,
    ImportQuestions,
    JudgeEvaluations,
    PromoteFeedback,
    QuestionRoom,
    RunEvaluation,
  ],
})
export class EvaluationModule {}
