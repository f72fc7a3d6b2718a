import { JobQueue, type NewJob, type QueueDefinition, type QueueDepth, type UnitOfWork } from '#libs/database';

export interface TableJob {
  readonly id: string;
  readonly queue: string;
  readonly data: Readonly<Record<string, never>>;
}

/** Jobs in a plain table, so that they commit and roll back with their rows and a test decides when they run. */
export class TableJobQueue extends JobQueue {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  static async install(uow: UnitOfWork): Promise<void> {
    await uow.query('CREATE TABLE test_job (id serial PRIMARY KEY, queue text, key text, data jsonb)');
  }

  override async enqueue<Data extends object>(
    queue: QueueDefinition<Data>,
    data: Data,
    { key }: { readonly key?: string | undefined } = {},
  ): Promise<void> {
    this.uow.requireTransaction();
    const values = [queue.name, key ?? null, JSON.stringify(data)];
    await this.uow.query('INSERT INTO test_job (queue, key, data) VALUES ($1, $2, $3)', values);
  }

  override async enqueueAll<Data extends object>(
    queue: QueueDefinition<Data>,
    jobs: readonly NewJob<Data>[],
  ): Promise<void> {
    this.uow.requireTransaction();
    const rows = jobs.map(({ key, data }) => ({ key, data }));
    const sql = `INSERT INTO test_job (queue, key, data)
      SELECT $1, key, data FROM jsonb_to_recordset($2) AS job (key text, data jsonb)`;
    await this.uow.query(sql, [queue.name, JSON.stringify(rows)]);
  }

  override async isPending<Data extends object>(queue: QueueDefinition<Data>, key: string): Promise<boolean> {
    const rows = await this.uow.query('SELECT id FROM test_job WHERE queue = $1 AND key = $2', [queue.name, key]);
    return rows.length > 0;
  }

  override work(): Promise<void> {
    return Promise.reject(new Error('A test runs the jobs itself'));
  }

  override depths(): Promise<QueueDepth[]> {
    return Promise.resolve([]);
  }

  async oldest(): Promise<TableJob | undefined> {
    const [job] = await this.uow.query<TableJob>('SELECT id, queue, data FROM test_job ORDER BY id LIMIT 1');
    return job;
  }

  async done(id: string): Promise<void> {
    await this.uow.query('DELETE FROM test_job WHERE id = $1', [id]);
  }
}
