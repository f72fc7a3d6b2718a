import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

import { DataDirectoryError } from './data-directory.errors';
import { InstanceLock } from './instance-lock';
import { type Marker, MARKER_FILE, newMarker, readMarker, writeMarker } from './marker';

/** Left in empty folders by file systems and file managers. */
const HARMLESS = new Set(['lost+found', '.DS_Store', '.gitkeep']);
/** 256 bits. */
const SECRET_BYTES = 32;

/** The folder that holds everything one instance must keep. */
export class DataDirectory {
  private constructor(
    /** Absolute, without symbolic links. */
    readonly path: string,
    private content: Marker,
    private readonly lock: InstanceLock,
  ) {}

  /**
   * Creates the folder or recognises it as ours, and locks it for this process.
   * @throws DataDirectoryError when it is foreign, unwritable, of another version, or in use.
   */
  static async claim(folder: string): Promise<DataDirectory> {
    const path = openFolder(resolve(folder));
    const marker = readMarker(path);
    if (!marker && holdsForeignFiles(path)) throw DataDirectoryError.foreign(path);
    const lock = await InstanceLock.acquire(path);
    // Read again: another instance may have written it before this one got the lock.
    const content = readMarker(path) ?? newMarker();
    writeMarker(path, content);
    for (const name of ['logs', 'secrets']) mkdirSync(join(path, name), { recursive: true, mode: 0o700 });
    return new DataDirectory(path, content, lock);
  }

  get marker(): Marker {
    return this.content;
  }

  record(change: Pick<Marker, 'cluster' | 'documented'>): void {
    this.content = { ...this.content, ...change };
    writeMarker(this.path, this.content);
  }

  /**
   * A random secret, made once and kept in a file only its owner reads. Base64url needs no quoting in a URL or in SQL.
   * @param bytes of randomness; four characters for every three.
   */
  secret(name: string, bytes: number = SECRET_BYTES): string {
    const file = this.secretFile(name);
    if (!this.hasSecret(name)) {
      writeFileSync(`${file}.new`, randomBytes(bytes).toString('base64url'), { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
    }
    return readFileSync(file, 'utf8');
  }

  hasSecret(name: string): boolean {
    return existsSync(this.secretFile(name));
  }

  forgetSecret(name: string): void {
    rmSync(this.secretFile(name), { force: true });
  }

  log(name: string): string {
    return join(this.path, 'logs', `${name}.log`);
  }

  /** Whoever starts on this folder from now on waits for {@link release}. */
  announceEnd(): void {
    this.lock.announceEnd();
  }

  release(): void {
    this.lock.release();
  }

  private secretFile(name: string): string {
    return join(this.path, 'secrets', name);
  }
}

/** Root's PostgreSQL runs as another account, which must pass through (not list) the folder. */
const folderMode = (): number => (process.getuid?.() === 0 ? 0o711 : 0o700);

const openFolder = (path: string): string => {
  try {
    // The mode is set apart from making it, or the umask would narrow it.
    if (mkdirSync(path, { recursive: true }) !== undefined) chmodSync(path, folderMode());
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(path);
  } catch (cause) {
    if (existsSync(path) && !statSync(path).isDirectory()) throw DataDirectoryError.notAFolder(path);
    throw DataDirectoryError.unwritable(path, cause);
  }
};

const holdsForeignFiles = (path: string): boolean =>
  readdirSync(path).some(
    (name) => !HARMLESS.has(name) && !name.startsWith('my-ia.lock') && name !== `${MARKER_FILE}.new`,
  );
