import type { FileStoreConfig, StorageConfig } from '#libs/config';

import type { FileStore } from '../file-store';
import { LocalFileStore } from './local-file-store';
import { S3FileStore } from './s3-file-store';

/** The store the configuration asks for. Nothing is opened before it is used. */
export const configuredFileStore = (config: FileStoreConfig, storage: StorageConfig): FileStore => {
  if (config.fileStore === 'local') return new LocalFileStore(storage);
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = config;
  return new S3FileStore({
    endpoint: config.s3Endpoint,
    region: config.s3Region,
    bucket: config.s3Bucket,
    prefix: config.s3Prefix,
    forcePathStyle: config.s3ForcePathStyle === 'true',
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    silenceMs: config.s3TimeoutSeconds * 1000,
    temporaryDirectory: storage.temporaryDirectory,
  });
};
