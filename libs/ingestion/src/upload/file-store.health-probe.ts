import { Injectable } from '@nestjs/common';

import { HealthProbe, type ProbeResult } from '#libs/observability';

import { FileStore } from './file-store';

/** Whether originals can be stored and read. Without them search and answers go on, so it is not critical. */
@Injectable()
export class FileStoreHealthProbe extends HealthProbe {
  override readonly name = 'files';
  override readonly critical = false;

  constructor(private readonly files: FileStore) {
    super();
  }

  override async check(): Promise<ProbeResult> {
    await this.files.ping();
    return { state: 'up' };
  }
}
