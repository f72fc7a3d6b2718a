import { IsArray, IsInt, IsPort, Max, Min } from 'class-validator';

import { Env } from './env.decorator';
import { IsCidrRange } from './is-cidr-range';

/** What everybody's web servers listen on. */
const WEB_PORTS = [80, 443];

export class UrlImportConfig {
  @Env(
    'URL_ALLOWED_RANGES',
    'Private ranges documents may be fetched from, such as 10.0.0.0/8; only public ones when empty',
    'list',
  )
  @IsArray()
  @IsCidrRange()
  readonly allowedRanges: string[] = [];

  @Env('URL_ALLOWED_PORTS', 'Ports documents may be fetched from besides 80 and 443', 'list')
  @IsArray()
  @IsPort({ each: true })
  readonly furtherPorts: string[] = [];

  @Env('URL_TIMEOUT_SECONDS', 'Longest time one fetch from the web may take, redirections included', 'integer')
  @IsInt()
  @Min(1)
  @Max(120)
  readonly timeoutSeconds: number = 15;

  get ports(): number[] {
    return [...WEB_PORTS, ...this.furtherPorts.map(Number)];
  }
}
