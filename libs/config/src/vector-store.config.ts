import { IsUrl } from 'class-validator';

import { Env } from './env.decorator';

export class VectorStoreConfig {
  @Env('CHROMA_URL', 'Chroma server, http://host:8000; embedded when absent')
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly chromaUrl!: string;
}
