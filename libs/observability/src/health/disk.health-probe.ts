import { statfs } from 'node:fs/promises';

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
    const { bavail, bsize } = await statfs(this.storage.dataDir);
    return diskState((bavail * bsize) / MEBIBYTE);
  }
}

/** @param freeMebibytes what an ordinary user may still write */
export const diskState = (freeMebibytes: number): ProbeResult => {
  const detail = `${Math.floor(freeMebibytes)} MiB free`;
  if (freeMebibytes < DOWN_BELOW_MIB) return { state: 'down', detail };
  return freeMebibytes < DEGRADED_BELOW_MIB ? { state: 'degraded', detail } : { state: 'up' };
};
