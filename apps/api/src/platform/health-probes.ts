import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';
import { LlmHealth } from '#libs/llm';
import { HealthProbe, type ProbeResult } from '#libs/observability';
import { VectorStore } from '#libs/vector-store';

@Injectable()
export class DatabaseHealthProbe extends HealthProbe {
  override readonly name = 'database';
  override readonly critical = true;

  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async check(): Promise<ProbeResult> {
    await this.uow.query('SELECT 1');
    return { state: 'up' };
  }
}

@Injectable()
export class VectorStoreHealthProbe extends HealthProbe {
  override readonly name = 'vectorStore';
  override readonly critical = true;

  constructor(private readonly vectors: VectorStore) {
    super();
  }

  override async check(): Promise<ProbeResult> {
    await this.vectors.ping();
    return { state: 'up' };
  }
}

/** Never takes the process out of service: without a model the extractive answer still arrives. */
@Injectable()
export class LlmHealthProbe extends HealthProbe {
  override readonly name = 'llm';
  override readonly critical = false;

  constructor(private readonly llm: LlmHealth) {
    super();
  }

  override async check(): Promise<ProbeResult> {
    const { state, provider, model, detail = `${provider}: ${model}`, warning } = await this.llm.check();
    return { state, detail: warning === undefined ? detail : `${detail}; ${warning}` };
  }
}

@Injectable()
export class QueueHealthProbe extends HealthProbe {
  override readonly name = 'queue';
  override readonly critical = true;

  constructor(private readonly jobs: JobQueue) {
    super();
  }

  override async check(): Promise<ProbeResult> {
    const waiting = (await this.jobs.depths()).reduce((sum, queue) => sum + queue.waiting, 0);
    return { state: 'up', detail: `${waiting} waiting` };
  }
}
