import { IsArray, IsIn, IsInt, IsString, Max, Min } from 'class-validator';

import { LOCALES, type Locale } from '#libs/kernel';

import { Env } from './env.decorator';

const MEBIBYTE = 1024 * 1024;
const LARGEST_UPLOAD_MB = 2_048;

export class HttpConfig {
  @Env('PORT', 'TCP port of the API; 0 takes a free one', 'integer')
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number = 3000;

  @Env('HOST', 'Address the API listens on; 0.0.0.0 for every interface')
  @IsString()
  readonly host: string = '127.0.0.1';

  @Env('DEFAULT_LOCALE', 'Language of texts when the client names none: fr or en')
  @IsIn(LOCALES)
  readonly defaultLocale: Locale = 'fr';

  @Env('CORS_ORIGINS', 'Origins of browsers that may call the API, separated by commas', 'list')
  @IsArray()
  @IsString({ each: true })
  readonly corsOrigins: readonly string[] = [];

  @Env('MAX_UPLOAD_MB', 'Largest file that can be uploaded, in MiB', 'integer')
  @IsInt()
  @Min(1)
  @Max(LARGEST_UPLOAD_MB)
  readonly maxUploadMb: number = 50;

  @Env('RATE_LIMIT_PER_MINUTE', 'Requests a caller may make per minute', 'integer')
  @IsInt()
  @Min(1)
  readonly rateLimitPerMinute: number = 300;

  @Env('TRUST_PROXY', 'Number of reverse proxies in front of the API whose X-Forwarded-For is believed', 'integer')
  @IsInt()
  @Min(0)
  @Max(10)
  readonly trustProxy: number = 0;

  /** Largest JSON body in bytes; files come as multipart and have {@link maxUploadBytes}. */
  readonly bodyLimitBytes: number = MEBIBYTE;

  /** Bytes no setting goes beyond. */
  readonly largestUploadBytes: number = LARGEST_UPLOAD_MB * MEBIBYTE;

  /** Bytes. */
  get maxUploadBytes(): number {
    return this.maxUploadMb * MEBIBYTE;
  }
}
