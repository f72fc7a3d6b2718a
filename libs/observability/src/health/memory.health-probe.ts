import { getHeapStatistics } from 'node:v8';

import { Injectable } from '@nestjs/common';

import { HealthProbe, type ProbeResult } from './health-probe';

/** Above this share of its limit the heap is mostly collected, not used. */
const DEGRADED_ABOVE = 0.9;

/** How much of its heap the process uses. Never critical: refusing traffic would not give any back. */
@Injectable()
export class MemoryHealthProbe extends HealthProbe {
  override readonly name = 'memory';
  override readonly critical = false;

  override check(): Promise<ProbeResult> {
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    return Promise.resolve(memoryState(used / limit));
  }
}

/** @param usedShare of the heap limit, 0 to 1 */
export const memoryState = (usedShare: number): ProbeResult =>
  usedShare > DEGRADED_ABOVE
    ? { state: 'degraded', detail: `${Math.round(usedShare * 100)} % of the heap in use` }
    : { state: 'up' };
