import { FileStoreConfig } from './file-store.config';
import { InvalidConfigurationError } from './invalid-configuration.error';
import { parseConfig, type Environment } from './parse-config';

const COMPLETE: Environment = {
  FILE_STORE: 's3',
  S3_ENDPOINT: 'http://minio:9000',
  S3_BUCKET: 'documents',
  S3_PREFIX: 'my-ia/originaux_2',
  S3_ACCESS_KEY_ID: 'GK31c2f218a2e44f485b94239e',
  S3_SECRET_ACCESS_KEY: 'b892c0665f0ada8a4755dae98baa3b133590e11d',
  S3_FORCE_PATH_STYLE: 'true',
};

const parse = (env: Environment): object => parseConfig([FileStoreConfig], env).get(FileStoreConfig) ?? {};

const badVariables = (changes: Environment): string[] => {
  try {
    parse({ ...COMPLETE, ...changes });
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.problems.map(({ variable }) => variable);
  }
  return [];
};

describe('FileStoreConfig', () => {
  it('keeps files in a folder unless told otherwise, whatever else is said', () => {
    expect(parse({})).toMatchObject({ fileStore: 'local' });
    expect(parse({ S3_BUCKET: '!', S3_ACCESS_KEY_ID: 'alone' })).toMatchObject({ fileStore: 'local' });
  });

  it('takes a bucket with everything, and one at AWS with nothing else', () => {
    expect(parse(COMPLETE)).toMatchObject({ s3Prefix: 'my-ia/originaux_2', s3ForcePathStyle: 'true' });
    expect(parse({ FILE_STORE: 's3', S3_BUCKET: 'documents' })).toMatchObject({
      s3Region: 'us-east-1',
      s3TimeoutSeconds: 30,
      s3ForcePathStyle: 'false',
    });
  });

  it.each<[string, Environment]>([
    ['FILE_STORE', { FILE_STORE: 'ftp' }],
    ['S3_ENDPOINT', { S3_ENDPOINT: 'minio:9000' }],
    ['S3_ENDPOINT', { S3_ENDPOINT: 'https://key:secret@minio' }],
    ['S3_ENDPOINT', { S3_ENDPOINT: 'https://minio/?bucket=a' }],
    ['S3_REGION', { S3_REGION: 'Paris, France' }],
    ['S3_BUCKET', { S3_BUCKET: undefined }],
    ['S3_BUCKET', { S3_BUCKET: 'a/b' }],
    ['S3_PREFIX', { S3_PREFIX: '/a' }],
    ['S3_PREFIX', { S3_PREFIX: 'a//b' }],
    ['S3_PREFIX', { S3_PREFIX: 'a/../b' }],
    ['S3_ACCESS_KEY_ID', { S3_ACCESS_KEY_ID: undefined }],
    ['S3_SECRET_ACCESS_KEY', { S3_SECRET_ACCESS_KEY: undefined }],
    ['S3_SECRET_ACCESS_KEY', { S3_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }],
    ['S3_FORCE_PATH_STYLE', { S3_FORCE_PATH_STYLE: 'yes' }],
    ['S3_TIMEOUT_SECONDS', { S3_TIMEOUT_SECONDS: '0' }],
  ])('refuses to start with a bad %s (%#)', (variable, changes) => {
    expect(badVariables(changes)).toEqual([variable]);
  });

  it('names every bad variable at once and never a value', () => {
    const env = { FILE_STORE: 's3', S3_ENDPOINT: 'geheim-1', S3_BUCKET: 'geheim/2', S3_SECRET_ACCESS_KEY: 'geheim 3' };
    expect(() => parse(env)).toThrow(InvalidConfigurationError);
    expect(() => parse(env)).toThrow(/S3_ENDPOINT.*S3_BUCKET.*S3_ACCESS_KEY_ID.*S3_SECRET_ACCESS_KEY/s);
    expect(() => parse(env)).not.toThrow(/geheim/);
  });
});
