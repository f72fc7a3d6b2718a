import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { asCaller } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { PersonalDataRegistry, type ExportSection } from './personal-data';

type Subject = Pick<Principal, 'id' | 'organizationId'>;

/** Use case: what the product holds about a person, as one JSON document (GDPR, articles 15 and 20). */
@Injectable()
export class ExportPersonalData {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** For the person himself. @returns `{ exportedAt, <section>: [rows] ... }`, written as it is read: its size does not matter */
  async execute(subject: Subject): Promise<Readable> {
    await this.record(subject);
    return this.archive(this.sectionsOf(subject), []);
  }

  /** For an administrator: `leftOut` names the sections only the person may have, such as conversations. */
  async forAdministrator(subject: Subject): Promise<Readable> {
    const sections = this.sectionsOf(subject);
    const leftOut = sections.filter(({ forAdministrators }) => !forAdministrators).map(({ name }) => name);
    await this.record(subject, { leftOut });
    return this.archive(
      sections.filter(({ name }) => !leftOut.includes(name)),
      leftOut,
    );
  }

  private sectionsOf({ id }: Subject): readonly ExportSection[] {
    return this.registry.sources.flatMap((source) => source.sections(id));
  }

  private record({ id, organizationId }: Subject, details?: object): Promise<void> {
    const act = { action: 'user.exported', resource: 'user', resourceId: id, organizationId, details };
    return this.uow.run(() => this.audit.record({ ...act, outcome: 'succeeded' }));
  }

  private archive(sections: readonly ExportSection[], leftOut: readonly string[]): Readable {
    return Readable.from(asCaller(write(this.clock.now(), sections, leftOut)), { objectMode: false });
  }
}

async function* write(
  exportedAt: Date,
  sections: readonly ExportSection[],
  leftOut: readonly string[],
): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(exportedAt)}`;
  if (leftOut.length > 0) yield `,\n"leftOut":${JSON.stringify(leftOut)}`;
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
