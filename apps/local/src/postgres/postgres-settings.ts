/** What PostgreSQL's programs see of the environment: plain messages, UTC, and no `PG*` variable of the user. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' } as const;

export interface ServerNeeds {
  /** False trades safety for speed; for throw-away clusters. */
  readonly durable: boolean;
  readonly maxConnections: number;
}

/**
 * Settings for one small team on an old laptop: no memory or process is held for a load that never comes.
 * Names: https://www.postgresql.org/docs/18/runtime-config.html
 */
export const serverSettings = ({ durable, maxConnections }: ServerNeeds): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: String(maxConnections),
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  wal_buffers: '1MB',
  max_wal_size: '256MB',
  // Compiling a query costs more than it saves on collections of this size.
  jit: 'off',
  // The default keeps three reader processes alive.
  io_method: 'sync',
  max_worker_processes: '2',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '1',
  max_wal_senders: '0',
  max_replication_slots: '0',
  max_logical_replication_workers: '0',
  wal_level: 'minimal',
  huge_pages: 'off',
  // A log that grows only when something is wrong.
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  timezone: 'UTC',
  ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
});
