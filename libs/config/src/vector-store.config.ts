import { IsOptional, IsUrl, Matches, ValidateIf } from 'class-validator';

import { Env } from './env.decorator';

const SERVER = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Where vectors lie: in Chroma, or in Qdrant where that is named. */
export class VectorStoreConfig {
  @Env('CHROMA_URL', 'Chroma server, http://host:8000; embedded when absent')
  @ValidateIf(({ qdrantUrl }: VectorStoreConfig) => qdrantUrl === undefined)
  @IsUrl(SERVER)
  readonly chromaUrl!: string;

  @Env('QDRANT_URL', 'Qdrant server, http://host:6333; vectors and words are kept there, and Chroma is not used')
  @IsOptional()
  @IsUrl(SERVER)
  readonly qdrantUrl: string | undefined;

  @Env('QDRANT_API_KEY', 'Key of the Qdrant server, where it asks for one')
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,512}$/, { message: 'it must be a key as the server knows it, without spaces' })
  readonly qdrantApiKey: string | undefined;
}
