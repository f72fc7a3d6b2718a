import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { DomainError } from '#libs/kernel';

import { SecretBox } from '../crypto/secret-box';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns';

const BATCH = 200;
const BEFORE_EVERY_ID = '00000000-0000-0000-0000-000000000000';

interface SealedRow {
  readonly id: string;
  readonly sealed: string;
  readonly context: string;
}

export interface RotatedColumn {
  readonly table: string;
  readonly column: string;
  /** Values sealed anew with the key in use. */
  readonly renewed: number;
  /** Values no configured key opens; they stay as they are. */
  readonly unreadable: number;
}

/**
 * Seals everything with the key in use that a former one sealed, after which the former key may go. It may be stopped at any
 * moment and run again, also beside the running product: it asks each time what is left, and never overwrites a newer value.
 */
@Injectable()
export class RotateSecrets {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly box: SecretBox,
    private readonly trail: AuditTrail,
  ) {}

  async execute(): Promise<RotatedColumn[]> {
    return this.uow.asPlatform(async () => {
      const columns: RotatedColumn[] = [];
      for (const column of SEALED_COLUMNS) columns.push(await this.rotate(column));
      await this.uow.run(() =>
        this.trail.record({
          action: 'encryption.rotated',
          resource: 'encryption',
          outcome: 'succeeded',
          details: { columns },
        }),
      );
      return columns;
    });
  }

  private async rotate(sealed: SealedColumn): Promise<RotatedColumn> {
    const { table, column } = sealed;
    const counts = { renewed: 0, unreadable: 0 };
    let rows = await this.outdated(sealed, BEFORE_EVERY_ID);
    while (rows.length > 0) {
      for (const row of rows) {
        const outcome = await this.renew(sealed, row);
        if (outcome) counts[outcome] += 1;
      }
      rows = await this.outdated(sealed, rows.at(-1)?.id ?? BEFORE_EVERY_ID);
    }
    return { table, column, ...counts };
  }

  private outdated({ table, column, context }: SealedColumn, after: string): Promise<SealedRow[]> {
    return this.uow.query<SealedRow>(
      `SELECT id, ${column} AS sealed, ${context} AS context FROM ${table}
        WHERE id > $1 AND split_part(${column}, '.', 2) <> $2 ORDER BY id LIMIT ${String(BATCH)}`,
      [after, this.box.keyId],
    );
  }

  /** Unless the row has changed since it was read: what is newer was sealed with the key in use. */
  private async renew(
    { table, column }: SealedColumn,
    { id, sealed, context }: SealedRow,
  ): Promise<'renewed' | 'unreadable' | undefined> {
    const renewed = this.reseal(sealed, context);
    if (renewed === undefined) return 'unreadable';
    const statement = `UPDATE ${table} SET ${column} = $3 WHERE id = $1 AND ${column} = $2 RETURNING id`;
    const changed = await this.uow.query(statement, [id, sealed, renewed]);
    return changed.length > 0 ? 'renewed' : undefined;
  }

  private reseal(sealed: string, context: string): string | undefined {
    try {
      return this.box.seal(this.box.open(sealed, context), context);
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
