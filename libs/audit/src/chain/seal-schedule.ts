import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import { SealEntries } from './seal-entries';

/** Until an entry is sealed it can be removed unnoticed by who may write to the database past the triggers. */
const PERIOD_MS = 1000;
/** Looks after the last entry of this process, because its transaction may still have to commit. */
const LOOKS_AFTER_ENTRY = 60;
/** Looks between two when this process writes nothing: another process may have stopped before it sealed. */
const IDLE_LOOKS = 60;

/** Seals every second while there is something, and now and then otherwise. */
@Injectable()
export class SealSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SealSchedule.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;
  private looksLeft = 0;
  private ticks = 0;

  constructor(private readonly sealing: SealEntries) {}

  /** Says that this process is about to commit an entry. */
  expectEntries(): void {
    this.looksLeft = LOOKS_AFTER_ENTRY;
  }

  onApplicationBootstrap(): void {
    this.look();
    this.timer = setInterval(() => this.tick(), PERIOD_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    if (this.looksLeft > 0) await this.seal();
  }

  private tick(): void {
    this.ticks += 1;
    if (this.looksLeft > 0) this.looksLeft -= 1;
    else if (this.ticks % IDLE_LOOKS !== 0) return;
    this.look();
  }

  private look(): void {
    this.running ??= this.seal().finally(() => {
      this.running = undefined;
    });
  }

  /** A failure is no reason to stop: the next look tries again. */
  private async seal(): Promise<void> {
    try {
      await this.sealing.execute();
    } catch (error) {
      this.logger.warn(`Audit entries could not be sealed: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}
