import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';

import { Adjustments } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { DomainError } from '#libs/kernel';

import { SecretBox } from '../crypto/secret-box';
import { settingContext } from '../rotation/sealed-columns';
import type { SettingEntity } from './setting.entity';
import { findSetting, variableOf } from './setting-catalogue';

/** How long another process may go on with what was: two looks at a small table cost less than a lasting connection each. */
const PERIOD_MS = 2_000;

const ROWS = 'SELECT id, key, value, sealed FROM setting';

type Row = Pick<SettingEntity, 'id' | 'key' | 'value' | 'sealed'>;

/** Lays what the database says over the configuration: at the start, after each change here, and every two seconds for others'. */
@Injectable()
export class ApplySettings implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ApplySettings.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private begun = 0;
  private newest = 0;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly box: SecretBox,
    private readonly adjustments: Adjustments,
  ) {}

  /** A process that cannot read them does not start: it might let in whom a setting keeps out. */
  onModuleInit(): Promise<void> {
    return this.execute();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), PERIOD_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** The configuration follows the database from here on. */
  async execute(): Promise<void> {
    const read = (this.begun += 1);
    const rows = await this.uow.asPlatform(() => this.uow.query<Row>(ROWS));
    // A look that began before a change and ends after it knows only what was.
    if (read < this.newest) return;
    this.newest = read;
    this.adjustments.replace(new Map(rows.flatMap((row) => this.adjustmentOf(row))));
  }

  private look(): void {
    this.running ??= this.execute()
      .catch((error: unknown) => {
        this.logger.warn(`Settings could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
      })
      .finally(() => {
        this.running = undefined;
      });
  }

  /** Nothing for a setting of another version of the product, and for a secret whose key is gone. */
  private adjustmentOf(row: Row): [variable: string, value: unknown][] {
    const definition = findSetting(row.key);
    if (!definition) return [];
    try {
      const value = row.sealed === null ? row.value : this.box.open(row.sealed, settingContext(row.id));
      return [[variableOf(definition), value]];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.logger.error(`The setting ${row.key} cannot be read: its encryption key is missing`);
      return [];
    }
  }
}
