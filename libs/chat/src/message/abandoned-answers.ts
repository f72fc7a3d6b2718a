import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { AnswerRuns } from '../answering/answer-runs';
import { AnswerInterruptedError } from '../chat.errors';

/** Milliseconds between two signs of life of the answers this process writes. */
const HEARTBEAT_MS = 15_000;
/** Without one for this long the process that wrote an answer is dead. */
const DEAD_SECONDS = 120;

/** Tells answers in progress from those whose process died, so that none is `writing` for ever. */
@Injectable()
export class AbandonedAnswers implements OnApplicationBootstrap, OnApplicationShutdown {
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: AnswerRuns,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.markFailed();
    // A missed beat is no harm: eight of them make an answer dead.
    this.heartbeat = setInterval(() => void this.beat().catch(() => undefined), HEARTBEAT_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.heartbeat);
  }

  /** @param conversationId of this conversation only; of all when absent */
  async markFailed(conversationId?: string): Promise<void> {
    await this.uow.query(
      `UPDATE message SET status = 'failed', failure_code = $1, version = version + 1
        WHERE status = 'writing' AND updated_at < now() - make_interval(secs => $2)
          AND ($3::uuid IS NULL OR conversation_id = $3)`,
      [AnswerInterruptedError.definition.code, DEAD_SECONDS, conversationId ?? null],
    );
  }

  private async beat(): Promise<void> {
    const ids = this.runs.inProgress();
    if (ids.length === 0) return;
    await this.uow.query(`UPDATE message SET updated_at = now() WHERE id = ANY ($1) AND status = 'writing'`, [ids]);
  }
}
