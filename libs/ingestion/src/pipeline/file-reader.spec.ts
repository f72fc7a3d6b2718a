import type { ExtractionSandbox } from '../extraction/extraction-sandbox';
import { EncryptedDocumentError } from '../extraction/extraction.errors';
import type { FileStore } from '../upload/file-store';
import { FileStoreUnavailableError } from '../upload/file-store.errors';
import { judge } from './failure-policy';
import { FileReader } from './file-reader';
import type { IngestionAttempt } from './ingestion-attempt';

const ATTEMPT = { storageKey: 'a/b', filename: 'a.pdf' } as IngestionAttempt;

const verdictOn = async (store: Pick<FileStore, 'withLocalFile'>, sandbox: Pick<ExtractionSandbox, 'extract'>) => {
  const reader = new FileReader(store as FileStore, sandbox as ExtractionSandbox);
  const reason = await reader.read(ATTEMPT, new AbortController().signal).catch((error: unknown) => error);
  return judge(reason);
};

describe('FileReader', () => {
  const extracts = { extract: () => Promise.reject(new Error('never asked')) };
  const lends = { withLocalFile: <T>(_key: string, work: (path: string) => Promise<T>) => work('/tmp/file') };

  it('blames the file for what the file does', async () => {
    const encrypted = { extract: () => Promise.reject(new EncryptedDocumentError()) };
    expect(await verdictOn(lends, encrypted)).toMatchObject({ reason: { code: 'document.encrypted' }, mayPass: false });
  });

  it('blames no file for a store that is away: another attempt may pass', async () => {
    const away = { withLocalFile: () => Promise.reject(new FileStoreUnavailableError('unreachable')) };
    expect(await verdictOn(away, extracts)).toMatchObject({
      reason: { code: 'file_store.unavailable' },
      mayPass: true,
    });
  });
});
