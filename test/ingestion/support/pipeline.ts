import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DataSource } from 'typeorm';

import { RecordingAuditTrail } from '#libs/audit';
import { HttpConfig, ScreeningConfig, StorageConfig } from '#libs/config';
import { dataSourceOptions, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { RandomIds, SystemClock } from '#libs/kernel';
import type { EmbeddingModel } from '#libs/llm';
import { BudgetWatch, Quotas, UsageMeter } from '#libs/plans';
import { InMemoryVectorStore, type SparseVectorStore, type VectorStore } from '#libs/vector-store';
import { createTestDatabase, type TestDatabase } from '#test/support/embedded-servers';

import { CollectionAccess } from '../../../libs/ingestion/src/collection/collection-access';
import { GrantsRepository } from '../../../libs/ingestion/src/collection/grants.repository';
import { CollectionEntity } from '../../../libs/ingestion/src/collection/collection.entity';
import { CreateCollection } from '../../../libs/ingestion/src/collection/create-collection';
import { DeleteCollection } from '../../../libs/ingestion/src/collection/delete-collection';
import { PurgeCollection } from '../../../libs/ingestion/src/collection/purge-collection';
import { CollectionVectors } from '../../../libs/ingestion/src/consistency/collection-vectors';
import { CollectionWords } from '../../../libs/ingestion/src/consistency/collection-words';
import { ConsistencyCheck } from '../../../libs/ingestion/src/consistency/consistency-check';
import { RecoverDocuments } from '../../../libs/ingestion/src/consistency/recover-documents';
import { UnusedSpaces } from '../../../libs/ingestion/src/consistency/unused-spaces';
import { StoredFiles } from '../../../libs/ingestion/src/consistency/stored-files';
import { ChunkEntity } from '../../../libs/ingestion/src/document/chunk.entity';
import { DeleteDocument } from '../../../libs/ingestion/src/document/delete-document';
import { DocumentContentEntity } from '../../../libs/ingestion/src/document/document-content.entity';
import { DocumentQuota } from '../../../libs/ingestion/src/document/document-quota';
import { DocumentEntity } from '../../../libs/ingestion/src/document/document.entity';
import { DeletionLedger } from '../../../libs/ingestion/src/deletion/deletion-ledger';
import { PurgeDocument } from '../../../libs/ingestion/src/document/purge-document';
import { ExtractionSandbox } from '../../../libs/ingestion/src/extraction/extraction-sandbox';
import { IngestFolder } from '../../../libs/ingestion/src/folder/ingest-folder';
import { AttemptLedger } from '../../../libs/ingestion/src/pipeline/attempt-ledger';
import { CancelDocument } from '../../../libs/ingestion/src/pipeline/cancel-document';
import { ChunkTable } from '../../../libs/ingestion/src/pipeline/chunk-table';
import { DropSpace } from '../../../libs/ingestion/src/pipeline/drop-space';
import { EmbedChunk } from '../../../libs/ingestion/src/pipeline/embed-chunk';
import { EmbeddingUsage } from '../../../libs/ingestion/src/pipeline/embedding-usage';
import { FileReader } from '../../../libs/ingestion/src/pipeline/file-reader';
import { GenerationRemover } from '../../../libs/ingestion/src/pipeline/generation-remover';
import { IngestDocument } from '../../../libs/ingestion/src/pipeline/ingest-document';
import type { SpaceJob } from '../../../libs/ingestion/src/pipeline/ingestion.queues';
import { IngestionLine } from '../../../libs/ingestion/src/pipeline/ingestion-line';
import { QueueDocument } from '../../../libs/ingestion/src/pipeline/queue-document';
import { RemoveGeneration } from '../../../libs/ingestion/src/pipeline/remove-generation';
import { LiveGeneration } from '../../../libs/ingestion/src/pipeline/live-generation';
import { RestoreVectors } from '../../../libs/ingestion/src/pipeline/restore-vectors';
import { RestoreWords } from '../../../libs/ingestion/src/pipeline/restore-words';
import { VectorWriter } from '../../../libs/ingestion/src/pipeline/vector-writer';
import { WordWriter } from '../../../libs/ingestion/src/pipeline/word-writer';
import { AdmitDocument } from '../../../libs/ingestion/src/screening/admit-document';
import { ScreeningRecords } from '../../../libs/ingestion/src/screening/screening-records';
import { LocalFileStore } from '../../../libs/ingestion/src/upload/adapters/local-file-store';
import { ReceiveFile } from '../../../libs/ingestion/src/upload/receive-file';
import { RegisterDocuments } from '../../../libs/ingestion/src/upload/register-documents';
import { RegisterBatch } from '../../../libs/ingestion/src/upload/register-batch';
import { UploadBatch } from '../../../libs/ingestion/src/upload/upload-batch';
import { UploadBatches } from '../../../libs/ingestion/src/upload/upload-batches';
import { UploadDocuments } from '../../../libs/ingestion/src/upload/upload-documents';
import { only } from '../../../libs/ingestion/src/upload/text-file';
import { NoSparseVectorStore } from '../../../libs/vector-store/src/adapters/no-sparse-vector-store';
import { FakeEmbeddingModel, FakeEmbeddingModels } from './fake-embedding-models';
import { Faults } from './faults';
import { RecordedEvents } from './recorded-events';
import { TableJobQueue } from './table-job-queue';

const ENTITIES = [CollectionEntity, DocumentEntity, DocumentContentEntity, ChunkEntity];

/** What outlives the processes of a test: database, vectors and files. */
export class World {
  readonly vectors: VectorStore = new InMemoryVectorStore();
  readonly organizationId = randomUUID();
  readonly owner: Principal;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    readonly directory: string,
    readonly sandbox: ExtractionSandbox,
    public model: EmbeddingModel,
    readonly words: SparseVectorStore,
  ) {
    this.owner = { id: randomUUID(), organizationId: this.organizationId, role: 'user', sessionId: '', locale: 'fr' };
  }

  static async create(
    model: EmbeddingModel = new FakeEmbeddingModel(),
    words: SparseVectorStore = new NoSparseVectorStore(),
  ): Promise<World> {
    const database = await createTestDatabase();
    const options = { ...dataSourceOptions(database.url, 4), entities: ENTITIES };
    const dataSource = await new DataSource(options).initialize();
    const directory = await mkdtemp(join(tmpdir(), 'my-ia-pipeline-'));
    const world = new World(database, dataSource, directory, new ExtractionSandbox(), model, words);
    await world.populate();
    return world;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.dataSource.destroy();
    await this.database.drop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Empty again, for the next test. */
  async clear(model: EmbeddingModel): Promise<void> {
    this.model = model;
    await this.dataSource.query(
      'TRUNCATE answer_tuning, upload_batch, document_screening, screening_release, chunk, document_content, document, collection_grant, collection, deletion_receipt, test_job',
    );
    for await (const spaces of this.vectors.listSpaces(this.organizationId)) {
      for (const space of spaces) await this.vectors.dropSpace(space);
    }
    await rm(this.directory, { recursive: true, force: true });
    await mkdir(this.directory);
  }

  process(faults = Faults.none()): Process {
    return new Process(this, faults);
  }

  private async populate(): Promise<void> {
    const uow = new UnitOfWork(this.dataSource);
    await TableJobQueue.install(uow);
    const { organizationId, owner } = this;
    await uow.query('INSERT INTO organization (id, organization_id, name) VALUES ($1, $1, $2)', [organizationId, 'A']);
    await uow.query(
      `INSERT INTO app_user (id, organization_id, email, display_name, password_hash, role)
       VALUES ($1, $2, 'a@exemple.fr', 'A', '-', 'user')`,
      [owner.id, organizationId],
    );
  }
}

/** The library as one process wires it, with every call to the world outside counted by its faults. */
export class Process {
  readonly uow: UnitOfWork;
  readonly audit = new RecordingAuditTrail();
  readonly jobs: TableJobQueue;
  readonly events = new RecordedEvents();
  readonly ingest: IngestDocument;
  readonly queue: QueueDocument;
  readonly cancellation: CancelDocument;
  readonly deletion: DeleteDocument;
  readonly collectionDeletion: DeleteCollection;
  readonly uploads: UploadDocuments;
  readonly batches: UploadBatch;
  readonly folders: IngestFolder;
  readonly consistency: ConsistencyCheck;
  readonly recovery: RecoverDocuments;
  readonly creation: CreateCollection;
  readonly access: CollectionAccess;
  readonly files: LocalFileStore;
  private readonly handlers: Readonly<Record<string, (data: never) => Promise<void>>>;

  constructor(
    readonly world: World,
    faults: Faults,
  ) {
    const ids = new RandomIds();
    const clock = new SystemClock();
    const storage = Object.assign(new StorageConfig(), { dataDir: world.directory });
    this.uow = faults.on('database', new UnitOfWork(world.dataSource), ['query', 'repository']);
    this.jobs = new TableJobQueue(this.uow);
    this.files = faults.on('files', new LocalFileStore(storage), ['write', 'head', 'withLocalFile', 'remove']);
    const vectors = faults.on('vectors', world.vectors, ['ensureSpace', 'upsert', 'existing', 'remove', 'dropSpace']);
    const models = new FakeEmbeddingModels(faults.on('model', world.model, ['embed']));
    const chunks = new ChunkTable(this.uow);
    const words = world.words.isUsed
      ? faults.on('words', world.words, ['upsert', 'existing', 'remove', 'dropSpace'])
      : world.words;
    const remover = new GenerationRemover(vectors, words, chunks);
    const removal = new RemoveGeneration(this.uow, remover);
    const receipts = new DeletionLedger(this.uow, ids);
    const purge = new PurgeDocument(this.uow, remover, this.files, vectors, words, receipts);
    const purgeCollection = new PurgeCollection(this.uow, vectors, words, this.files, receipts);
    const quotas = new Quotas(this.uow, clock);
    const quota = new DocumentQuota(quotas);
    const receive = new ReceiveFile(this.files, ids, new HttpConfig(), quotas);
    this.access = new CollectionAccess(this.uow);
    this.cancellation = new CancelDocument(this.uow, this.events);
    const line = new IngestionLine(this.uow, this.jobs);
    this.queue = new QueueDocument(this.uow, line, this.audit);
    const registration = new RegisterDocuments(this.uow, line, this.queue, this.files, this.audit, quota);
    this.deletion = new DeleteDocument(this.uow, this.jobs, this.audit, this.events, quota, receipts);
    this.collectionDeletion = new DeleteCollection(this.uow, this.jobs, this.audit, this.events, quota, receipts);
    this.creation = new CreateCollection(this.uow, ids, models, new GrantsRepository(this.uow, ids), this.audit);
    this.uploads = new UploadDocuments(this.access, receive, registration);
    const batches = new RegisterBatch(this.uow, ids, quota, new UploadBatches(this.uow), registration);
    this.batches = new UploadBatch(this.access, receive, batches, registration);
    this.folders = new IngestFolder(this.uow, this.creation, receive, registration, this.deletion, this.queue);
    this.recovery = new RecoverDocuments(this.uow, this.jobs);
    this.consistency = new ConsistencyCheck(
      this.uow,
      clock,
      new CollectionVectors(this.uow, vectors),
      new CollectionWords(this.uow, words),
      new StoredFiles(this.uow, this.files, clock),
      new UnusedSpaces(this.uow, this.jobs, vectors),
      this.queue,
      removal,
      this.jobs,
    );
    const writer = new VectorWriter(models, vectors, chunks);
    const wordWriter = new WordWriter(words, chunks);
    const live = new LiveGeneration(this.uow, chunks);
    const restoring = new RestoreVectors(live, writer, vectors);
    const restoringWords = new RestoreWords(live, wordWriter);
    const budgets = new BudgetWatch(this.uow, clock, this.jobs, this.events, this.audit);
    const usage = new EmbeddingUsage(new UsageMeter(this.uow, ids, budgets));
    const ledger = new AttemptLedger(this.uow, this.jobs, ids, this.events, usage);
    const records = new ScreeningRecords(this.uow);
    this.ingest = new IngestDocument(
      ledger,
      new FileReader(this.files, world.sandbox),
      new AdmitDocument(this.uow, new ScreeningConfig(), ledger, records, this.events),
      chunks,
      writer,
      wordWriter,
      remover,
      clock,
    );
    const embedding = new EmbedChunk(this.uow, models, vectors, wordWriter);
    this.handlers = {
      'ingest-document': ({ documentId }: { documentId: string }) => this.attempt(documentId),
      'remove-generation': (data: { documentId: string; generation: number }) => removal.execute(data),
      'restore-vectors': ({ documentId }: { documentId: string }) =>
        restoring.execute(documentId, new AbortController().signal),
      'restore-words': ({ documentId }: { documentId: string }) =>
        restoringWords.execute(documentId, new AbortController().signal),
      'embed-chunk': ({ chunkId }: { chunkId: string }) => embedding.execute(chunkId, new AbortController().signal),
      'drop-space': (data: SpaceJob) => new DropSpace(this.uow, vectors).execute(data),
      'purge-document': ({ documentId }: { documentId: string }) => purge.execute(documentId),
      'purge-collection': ({ collectionId }: { collectionId: string }) => purgeCollection.execute(collectionId),
    };
  }

  attempt(documentId: string, isLast = false, signal = new AbortController().signal): Promise<void> {
    return this.ingest.execute(documentId, { signal, isLast });
  }

  async createCollection(name = 'Notes'): Promise<string> {
    const { id: ownerId, organizationId } = this.world.owner;
    return (await this.creation.execute({ name, ownerId, organizationId })).id;
  }

  async upload(collectionId: string, filename: string, text: string): Promise<string> {
    const content = (async function* () {
      yield await Promise.resolve(Buffer.from(text));
    })();
    const [document] = await this.uploads.execute(this.world.owner, collectionId, only({ filename, content }));
    return document!.id;
  }

  /** Runs jobs, oldest first, until none is left or one fails. */
  async runJobs(): Promise<void> {
    for (let job = await this.jobs.oldest(); job; job = await this.jobs.oldest()) {
      await this.handlers[job.queue]!(job.data as never);
      await this.jobs.done(job.id);
    }
  }

  async document(id: string): Promise<DocumentEntity | null> {
    return this.uow.repository(DocumentEntity).findOneBy({ id });
  }
}
