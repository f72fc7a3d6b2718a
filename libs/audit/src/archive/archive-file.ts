import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Readable by the product alone: entries name people. */
const MODE = 0o600;
const FOLDER_MODE = 0o700;

/** A file of one JSON text per line that exists whole and on the disk, or not at all. Its hash grows as it is written. */
export class ArchiveFile {
  private readonly digest: Hash = createHash('sha256');

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(path: string): Promise<ArchiveFile> {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    return new ArchiveFile(path, await open(partOf(path), 'w', MODE));
  }

  async write(lines: readonly string[]): Promise<void> {
    const text = lines.map((line) => `${line}\n`).join('');
    this.digest.update(text);
    await this.handle.writeFile(text);
  }

  /** @returns SHA-256 of the file, which is on the disk now */
  async finish(): Promise<Buffer> {
    await this.handle.sync();
    await this.handle.close();
    await rename(partOf(this.path), this.path);
    const folder = await open(dirname(this.path));
    await folder.sync().finally(() => folder.close());
    return this.digest.digest();
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(partOf(this.path), { force: true });
  }
}

const partOf = (path: string): string => `${path}.part`;
