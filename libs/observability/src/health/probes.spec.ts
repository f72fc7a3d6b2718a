import { StorageConfig } from '#libs/config';

import { DiskHealthProbe, diskState } from './disk.health-probe';
import { memoryState, MemoryHealthProbe } from './memory.health-probe';

describe('The probes of the machine', () => {
  it('call a disk degraded below a gibibyte and down below 100 MiB', () => {
    expect([5000, 1000, 50].map((free) => diskState(free).state)).toEqual(['up', 'degraded', 'down']);
  });

  it('call memory degraded above 90 % of the heap', () => {
    expect([0.5, 0.95].map((used) => memoryState(used).state)).toEqual(['up', 'degraded']);
  });

  it('look at the nearest folder that exists', async () => {
    const storage = Object.assign(new StorageConfig(), { dataDir: '/nowhere/at/all' });
    expect((await new DiskHealthProbe(storage).check()).state).toMatch(/^(?:up|degraded|down)$/);
    expect((await new MemoryHealthProbe().check()).state).toMatch(/^(?:up|degraded)$/);
  });
});
