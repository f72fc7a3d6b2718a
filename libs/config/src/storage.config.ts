import { join, resolve } from 'node:path';

import { IsString } from 'class-validator';

import { Env } from './env.decorator';

export class StorageConfig {
  @Env('DATA_DIR', 'Folder of uploaded files and, with the one-command start, of the embedded servers')
  @IsString()
  readonly dataDir: string = './data';

  /** Absolute folder of the uploaded originals. */
  get filesDirectory(): string {
    return join(resolve(this.dataDir), 'files');
  }

  /** Absolute folder of copies that live as long as somebody works on them. */
  get temporaryDirectory(): string {
    return join(resolve(this.dataDir), 'tmp');
  }

  /** Absolute folder of the mails no mail server takes. */
  get mailsDirectory(): string {
    return join(resolve(this.dataDir), 'mails');
  }
}
