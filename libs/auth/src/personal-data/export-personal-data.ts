import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { PersonalDataRegistry, type ExportSection } from './personal-data';

/** Use case: everything the product holds about the caller, as one JSON document (GDPR, articles 15 and 20). */
@Injectable()
export class ExportPersonalData {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @returns `{ exportedAt, <section>: [rows] ... }`, written as it is read: its size does not matter */
  async execute({ id, organizationId }: Principal): Promise<Readable> {
    const act = { action: 'user.exported', resource: 'user', resourceId: id, organizationId };
    await this.uow.run(() => this.audit.record({ ...act, outcome: 'succeeded' }));
    const sections = this.registry.sources.flatMap((source) => source.sections(id));
    return Readable.from(write(this.clock.now(), sections), { objectMode: false });
  }
}

async function* write(exportedAt: Date, sections: readonly ExportSection[]): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(exportedAt)}`;
  for (const { name, rows } of sections) {
    yield `,\n${JSON.stringify(name)}:[`;
    let separator = '\n';
    for await (const row of rows) {
      yield separator + JSON.stringify(row);
      separator = ',\n';
    }
    yield ']';
  }
  yield '}\n';
}
