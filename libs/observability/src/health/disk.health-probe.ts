import { access, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { Injectable } from '@nestjs/common';

import { StorageConfig } from '#libs/config';

import { HealthProbe, type ProbeResult } from './health-probe';

const MEBIBYTE = 1024 * 1024;

/** PostgreSQL stops with fewer than a few write-ahead segments of 16 MiB; uploads need room long before that. */
const DOWN_BELOW_MIB = 100;
const DEGRADED_BELOW_MIB = 1024;

/** Free space where the data lives. */
@Injectable()
export class DiskHealthProbe extends HealthProbe {
  override readonly name = 'disk';
  override readonly critical = true;

  constructor(private readonly storage: StorageConfig) {
    super();
  }

  override async check(): Promise<ProbeResult> {
    const { bavail, bsize } = await statfs(await existing(resolve(this.storage.dataDir)));
    return diskState((bavail * bsize) / MEBIBYTE);
  }
}

/** The folder itself, or the nearest one above it until it is made; the root always exists. */
const existing = async (folder: string): Promise<string> => {
  const found = await access(folder).then(
    () => true,
    () => false,
  );
  return found || dirname(folder) === folder ? folder : existing(dirname(folder));
};

/** @param freeMebibytes what an ordinary user may still write */
export const diskState = (freeMebibytes: number): ProbeResult => {
  const detail = `${Math.floor(freeMebibytes)} MiB free`;
  if (freeMebibytes < DOWN_BELOW_MIB) return { state: 'down', detail };
  return freeMebibytes < DEGRADED_BELOW_MIB ? { state: 'degraded', detail } : { state: 'up' };
};
