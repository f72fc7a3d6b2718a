import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { IngestionModule } from '#libs/ingestion';
import { LlmModule } from '#libs/llm';
import { RetrievalModule } from '#libs/retrieval';

import { AdminConversationsController } from './administration/admin-conversations.controller';
import { AdminConversationsService } from './administration/admin-conversations.service';
import { AdminMessagesController } from './administration/admin-messages.controller';
import { AdminMessagesService } from './administration/admin-messages.service';
import { AnswerLedger } from './answering/answer-ledger';
import { AnswerObserver } from './answering/answer-observer';
import { AnswerQuestion } from './answering/answer-question';
import { AnswerRuns } from './answering/answer-runs';
import { ChosenModels } from './answering/chosen-models';
import { FollowAnswer } from './answering/follow-answer';
import { CompareMeaning } from './answering/citations/meaning/compare-meaning';
import { ModelScales } from './answering/citations/meaning/model-scales';
import { PlanQuery } from './answering/query/plan-query';
import { RetrievalSourceFinder } from './answering/retrieval-source-finder';
import { ReuseDrafts } from './answering/reuse-drafts';
import { SourceFinder } from './answering/source-finder';
import { StopAnswer } from './answering/stop-answer';
import { WriteAnswer } from './answering/write-answer';
import { WriteDraft } from './answering/write-draft';
import { FindPassages } from './answering/find-passages';
import { AdminAssistantsController } from './assistant/admin-assistants.controller';
import { AssistantEntity } from './assistant/assistant.entity';
import { AssistantTemplatesController } from './assistant/assistant-templates.controller';
import { AssistantsController } from './assistant/assistants.controller';
import { AssistantsService } from './assistant/assistants.service';
import { ChosenAssistants } from './assistant/chosen-assistants';
import { UsableAssistants } from './assistant/usable-assistants.service';
import { ConversationData } from './conversation/conversation-data';
import { ConversationEntity } from './conversation/conversation.entity';
import { ConversationsService } from './conversation/conversations.service';
import { DisclosureEntity } from './disclosure/disclosure.entity';
import { DisclosuresController } from './disclosure/disclosures.controller';
import { DisclosuresService } from './disclosure/disclosures.service';
import { OwnDisclosuresController } from './disclosure/own-disclosures.controller';
import { AdminExplainController } from './explain/admin-explain.controller';
import { ExplainController } from './explain/explain.controller';
import { ExplainForPerson } from './explain/explain-for-person';
import { ExplainMissing } from './explain/explain-missing';
import { PlaceQuestion } from './explain/place-question';
import { RehearseAnswer } from './explain/rehearse-answer';
import { ExportConversation } from './export/export-conversation';
import { AdminFeedbackController } from './feedback/admin-feedback.controller';
import { AdminFeedbackService } from './feedback/admin-feedback.service';
import { FeedbackEntity } from './feedback/feedback.entity';
import { FolderEntity } from './folder/folder.entity';
import { FoldersController } from './folder/folders.controller';
import { FoldersService } from './folder/folders.service';
import { AnswerResponder } from './http/answer-responder';
import { ChatController } from './http/chat.controller';
import { ConversationMessagesController } from './http/conversation-messages.controller';
import { ConversationsController } from './http/conversations.controller';
import { MessagesController } from './http/messages.controller';
import { AbandonedAnswers } from './message/abandoned-answers';
import { AnswerAccount } from './message/answer-account';
import { Exchanges } from './message/exchanges';
import { LiveChunks } from './message/live-chunks';
import { MessageEntity } from './message/message.entity';
import { MessagesRepository } from './message/messages.repository';
import { MessagesService } from './message/messages.service';
import { SqlAnswerLedger } from './message/sql-answer-ledger';
import { AdminTracesController } from './trace/admin-traces.controller';
import { ChatPolicies } from './policy/chat-policies';
import { ChatPolicyController } from './policy/chat-policy.controller';
import { ProfileController } from './profile/profile.controller';
import { Profiles } from './profile/profiles';
import { ModelsController } from './model/models.controller';
import { ReadTrace } from './trace/read-trace';
import { RetrievalTraces } from './trace/retrieval-traces';
import { TracesController } from './trace/traces.controller';
import { SearchConversations } from './search/search-conversations';
import { SearchConversationsController } from './search/search-conversations.controller';
import { AnswerTunings } from './tuning/answer-tunings';
import { TuneAnswer } from './tuning/tune-answer';
import { AnswerInPassing } from './answering/answer-in-passing';
import { ConversationSharesController } from './sharing/conversation-shares.controller';
import { OpenShare } from './sharing/open-share';
import { ShareConversation } from './sharing/share-conversation';
import { ShareEntity } from './sharing/share.entity';
import { SharesController } from './sharing/shares.controller';
import { NameConversation } from './titling/name-conversation';
import { OPENAI_CONTROLLERS, OPENAI_PROVIDERS } from './openai/openai.parts';

/** Conversations, and answers whose every citation quotes its source. */
@Module({
  imports: [
    IngestionModule,
    LlmModule,
    RetrievalModule,
    TypeOrmModule.forFeature([
      AssistantEntity,
      ConversationEntity,
      DisclosureEntity,
      FeedbackEntity,
      FolderEntity,
      MessageEntity,
      ShareEntity,
    ]),
  ],
  controllers: [
    ChatController,
    ConversationSharesController,
    ChatPolicyController,
    FoldersController,
    SharesController,
    SearchConversationsController,
    ConversationsController,
    ConversationMessagesController,
    MessagesController,
    OwnDisclosuresController,
    AdminConversationsController,
    AdminFeedbackController,
    AdminMessagesController,
    DisclosuresController,
    AssistantsController,
    AssistantTemplatesController,
    ProfileController,
    ModelsController,
    AdminAssistantsController,
    TracesController,
    AdminTracesController,
    ExplainController,
    AdminExplainController,
    ...OPENAI_CONTROLLERS,
  ],
  providers: [
    { provide: AnswerLedger, useClass: SqlAnswerLedger },
    { provide: SourceFinder, useClass: RetrievalSourceFinder },
    AbandonedAnswers,
    AdminConversationsService,
    AdminFeedbackService,
    AdminMessagesService,
    AnswerAccount,
    AnswerObserver,
    AnswerQuestion,
    AnswerResponder,
    AnswerRuns,
    AssistantsService,
    ChatPolicies,
    ChosenAssistants,
    ChosenModels,
    CompareMeaning,
    ConversationData,
    ConversationsService,
    DisclosuresService,
    Exchanges,
    ExplainForPerson,
    ExplainMissing,
    ExportConversation,
    FollowAnswer,
    FoldersService,
    LiveChunks,
    MessagesRepository,
    MessagesService,
    ModelScales,
    PlaceQuestion,
    PlanQuery,
    NameConversation,
    OpenShare,
    Profiles,
    ReuseDrafts,
    ReadTrace,
    RehearseAnswer,
    RetrievalTraces,
    SearchConversations,
    ShareConversation,
    StopAnswer,
    AnswerTunings,
    TuneAnswer,
    UsableAssistants,
    WriteAnswer,
    WriteDraft,
    FindPassages,
    ...OPENAI_PROVIDERS,
  ],
  exports: [AnswerQuestion, AnswerInPassing, AnswerTunings],
})
export class ChatModule {}
