import { FirstSchema1790000000000 } from './1790000000000-first-schema';
import { IngestionAttempts1790000100000 } from './1790000100000-ingestion-attempts';
import { AuditLog1791000100000 } from './1791000100000-audit-log';
import { Identity1791000200000 } from './1791000200000-identity';
import { ApiKeys1791000300000 } from './1791000300000-api-keys';
import { Oidc1791000310000 } from './1791000310000-oidc';
import { GroupsAndGrants1791000400000 } from './1791000400000-groups-and-grants';
import { Settings1791000450000 } from './1791000450000-settings';
import { Plans1791000500000 } from './1791000500000-plans';
import { AdministrationOfAccounts1791000600000 } from './1791000600000-administration-of-accounts';
import { EmailDomains1791000610000 } from './1791000610000-email-domains';
import { AdministrationOfChat1791000700000 } from './1791000700000-administration-of-chat';
import { Webhooks1791000800000 } from './1791000800000-webhooks';
import { Statistics1791000810000 } from './1791000810000-statistics';
import { AuditProofs1791000900000 } from './1791000900000-audit-proofs';
import { IpRules1791001000000 } from './1791001000000-ip-rules';
import { FeatureFlags1791001100000 } from './1791001100000-feature-flags';
import { Assistants1791001200000 } from './1791001200000-assistants';
import { Chunking1791001250000 } from './1791001250000-chunking';
import { DeletionReceipts1791001260000 } from './1791001260000-deletion-receipts';
import { IngestionControl1791001270000 } from './1791001270000-ingestion-control';
import { Screening1791001300000 } from './1791001300000-screening';
import { DocumentSources1791001400000 } from './1791001400000-document-sources';
import { UploadBatches1791001500000 } from './1791001500000-upload-batches';
import { Erasures1791001600000 } from './1791001600000-erasures';
import { ChangeOfEmbeddingModel1791001700000 } from './1791001700000-change-of-embedding-model';
import { RetrievalTraces1791001820000 } from './1791001820000-retrieval-traces';
import { ChoiceOfModel1791001830000 } from './1791001830000-choice-of-model';
import { ConversationOrder1791001840000 } from './1791001840000-conversation-order';
import { SharedConversations1791001840001 } from './1791001840001-shared-conversations';
import { Advisers1791001840002 } from './1791001840002-advisers';
import { EvidenceOfAnswers1791001850000 } from './1791001850000-evidence-of-answers';
import { Evaluations1791001850001 } from './1791001850001-evaluations';

/** Every migration, oldest first. Listed by hand: a forgotten file is seen in review, a glob is not. */
export const MIGRATIONS = [
  FirstSchema1790000000000,
  IngestionAttempts1790000100000,
  AuditLog1791000100000,
  Identity1791000200000,
  ApiKeys1791000300000,
  Oidc1791000310000,
  GroupsAndGrants1791000400000,
  Settings1791000450000,
  Plans1791000500000,
  AdministrationOfAccounts1791000600000,
  EmailDomains1791000610000,
  AdministrationOfChat1791000700000,
  Webhooks1791000800000,
  Statistics1791000810000,
  AuditProofs1791000900000,
  IpRules1791001000000,
  FeatureFlags1791001100000,
  Assistants1791001200000,
  Chunking1791001250000,
  DeletionReceipts1791001260000,
  IngestionControl1791001270000,
  Screening1791001300000,
  DocumentSources1791001400000,
  UploadBatches1791001500000,
  Erasures1791001600000,
  ChangeOfEmbeddingModel1791001700000,
  RetrievalTraces1791001820000,
  ChoiceOfModel1791001830000,
  ConversationOrder1791001840000,
  SharedConversations1791001840001,
  Advisers1791001840002,
  EvidenceOfAnswers1791001850000,
  Evaluations1791001850001,
] as const;
