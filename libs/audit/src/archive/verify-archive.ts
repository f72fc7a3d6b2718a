import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { Injectable } from '@nestjs/common';

import type { ChainProblem } from '../chain/chain-problem';
import { ChainWalk, signatureProblem, type ChainPoint } from '../chain/chain-walk';
import { CheckpointSigner } from '../chain/checkpoint-signer';
import {
  archiveCheckpoint,
  ARCHIVE_FORMAT,
  parseEntryLine,
  type ArchiveFooter,
  type ArchiveHeader,
} from './archive-format';

/** What verification found in an archive. */
export interface ArchiveReport {
  readonly organizationId: string;
  readonly isIntact: boolean;
  readonly entries: number;
  readonly problem: ChainProblem | null;
}

/** Use case: proves that a file holds what was archived, without the database. */
@Injectable()
export class VerifyArchive {
  constructor(private readonly signer: CheckpointSigner) {}

  /** @throws Error when the file is no archive */
  async execute(path: string): Promise<ArchiveReport> {
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
    const iterator = lines[Symbol.asyncIterator]();
    try {
      return await this.read(iterator);
    } finally {
      lines.close();
    }
  }

  private async read(lines: AsyncIterator<string>): Promise<ArchiveReport> {
    const { organizationId, ...header } = parseHeader((await lines.next()).value as string | undefined);
    const start = { sequence: header.previousSequence, hash: Buffer.from(header.previousHash, 'hex') };
    const walk = new ChainWalk(organizationId, this.signer, start);
    const problem = await this.walk(lines, walk, (footer) => this.footerProblem(organizationId, start, walk, footer));
    const entries = walk.head.sequence - start.sequence;
    return { organizationId, isIntact: problem === undefined, entries, problem: problem ?? null };
  }

  /** The last line is the footer: each line is read when the next one is known. */
  private async walk(
    lines: AsyncIterator<string>,
    walk: ChainWalk,
    end: (footer: string) => ChainProblem | undefined,
  ): Promise<ChainProblem | undefined> {
    let current = await lines.next();
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const problem = walk.step(parseEntryLine(current.value as string), undefined);
      if (problem) return problem;
      current = next;
    }
    return end((current.value as string | undefined) ?? '{}');
  }

  private footerProblem(
    organizationId: string,
    start: ChainPoint,
    walk: ChainWalk,
    line: string,
  ): ChainProblem | undefined {
    const { keyId = '', signature = '', lastSequence } = JSON.parse(line) as Partial<ArchiveFooter>;
    if (lastSequence !== walk.head.sequence) return { kind: 'removed', sequence: walk.head.sequence + 1 };
    const signed = { keyId, signature: Buffer.from(signature, 'hex') };
    const kind = signatureProblem(this.signer, archiveCheckpoint(organizationId, start, walk.head), signed);
    return kind && { kind, sequence: walk.head.sequence };
  }
}

const parseHeader = (line: string | undefined): ArchiveHeader => {
  const header = JSON.parse(line ?? '{}') as Partial<ArchiveHeader>;
  if (header.format !== ARCHIVE_FORMAT) throw new Error('This file is no audit archive');
  return header as ArchiveHeader;
};
