import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';

import { Env } from './env.decorator';
import { IsNotAnExampleSecret } from './is-not-an-example-secret';

const STORES = ['local', 's3'] as const;

/** What is said of S3 counts only where S3 is used: a half-filled .env must not stop a local installation. */
const OnS3 = (): PropertyDecorator => ValidateIf(({ fileStore }: FileStoreConfig) => fileStore === 's3');

/** A key pair is whole or absent; without one the machine's role at AWS speaks. */
const WithCredentials = (): PropertyDecorator =>
  ValidateIf(
    ({ fileStore, s3AccessKeyId, s3SecretAccessKey }: FileStoreConfig) =>
      fileStore === 's3' && (s3AccessKeyId !== undefined || s3SecretAccessKey !== undefined),
  );

/** Where the originals lie. */
export class FileStoreConfig {
  @Env('FILE_STORE', 'Where uploaded files lie: local (the folder DATA_DIR/files) or s3')
  @IsIn(STORES)
  readonly fileStore: (typeof STORES)[number] = 'local';

  @Env('S3_ENDPOINT', 'Address of the S3 server, https://host:port; AWS when absent')
  @OnS3()
  @IsOptional()
  @IsUrl({
    protocols: ['http', 'https'],
    require_protocol: true,
    require_tld: false,
    disallow_auth: true,
    allow_fragments: false,
    allow_query_components: false,
  })
  readonly s3Endpoint: string | undefined;

  @Env('S3_REGION', 'Region of the bucket, as the S3 server names it')
  @OnS3()
  @Matches(/^[A-Za-z0-9-]{1,64}$/, { message: 'it must be the name of a region, such as eu-west-3' })
  readonly s3Region: string = 'us-east-1';

  @Env('S3_BUCKET', 'Bucket of the uploaded files; needed with FILE_STORE=s3')
  @OnS3()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{2,62}$/, {
    message: 'it must name a bucket: 3 to 63 letters, digits, dots and hyphens',
  })
  readonly s3Bucket: string = '';

  @Env('S3_PREFIX', 'Folder inside the bucket, without slashes around it; none when empty')
  @OnS3()
  @MaxLength(200)
  @Matches(/^(?:$|(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$)/, {
    message: 'it must be names of letters, digits, dots, hyphens and underscores with single slashes between them',
  })
  readonly s3Prefix: string = '';

  @Env('S3_ACCESS_KEY_ID', 'Access key of the bucket; the role of the machine at AWS when absent')
  @WithCredentials()
  @IsString({ message: 'it must be set together with S3_SECRET_ACCESS_KEY' })
  @Matches(/^[\x21-\x7e]{3,128}$/, { message: 'it must be the id of an access key' })
  readonly s3AccessKeyId: string | undefined;

  @Env('S3_SECRET_ACCESS_KEY', 'Secret of the access key')
  @WithCredentials()
  @IsString({ message: 'it must be set together with S3_ACCESS_KEY_ID' })
  @Matches(/^[\x21-\x7e]{8,256}$/, { message: 'it must be the secret of an access key' })
  @IsNotAnExampleSecret()
  readonly s3SecretAccessKey: string | undefined;

  @Env(
    'S3_FORCE_PATH_STYLE',
    'true: https://host/bucket/key, as MinIO, Ceph and Garage want it; false: https://bucket.host/key',
  )
  @OnS3()
  @IsIn(['true', 'false'])
  readonly s3ForcePathStyle: 'true' | 'false' = 'false';

  @Env('S3_TIMEOUT_SECONDS', 'Longest silence of the S3 server', 'integer')
  @OnS3()
  @IsInt()
  @Min(1)
  @Max(300)
  readonly s3TimeoutSeconds: number = 30;
}
