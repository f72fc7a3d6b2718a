import { Injectable } from '@nestjs/common';

import { HttpConfig } from '#libs/config';
import { Ids } from '#libs/kernel';
import { Quotas } from '#libs/plans';

import { detectMediaType } from '../extraction/detect-media-type';
import { EmptyDocumentError, UnsupportedDocumentTypeError } from '../extraction/extraction.errors';
import { MEDIA_TYPES, type FileFormat } from '../extraction/media-types';
import { ContentMeter } from './content-meter';
import { FileStore } from './file-store';
import { safeFilename, titleFromFilename } from './safe-filename';
import { DocumentTooLargeError, EmptyUploadError, UnsupportedUploadError } from './upload.errors';

/** Where office files and PDFs say what they are; the rest of a large file is never read here. */
const SAMPLE_BYTES = 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

export interface IncomingFile {
  /** As the sender calls it; not to be trusted. */
  readonly filename: string;
  /** When it differs from what the file name suggests. */
  readonly title?: string;
  /** Where it was fetched from. */
  readonly sourceUrl?: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A file that is stored and checked, and that no row speaks of yet. */
export interface ReceivedFile {
  readonly documentId: string;
  readonly storageKey: string;
  readonly filename: string;
  readonly title: string;
  /** Somebody chose the title: what the file calls itself does not replace it. */
  readonly titleGiven: boolean;
  readonly sourceUrl: string | null;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly contentHash: string;
}

/** Brings one file to storage, measuring it on the way, and looks at what it is. */
@Injectable()
export class ReceiveFile {
  constructor(
    private readonly files: FileStore,
    private readonly ids: Ids,
    private readonly config: HttpConfig,
    private readonly quotas: Quotas,
  ) {}

  /**
   * Nothing is left in storage when it rejects.
   * @throws DocumentTooLargeError @throws EmptyUploadError @throws UnsupportedUploadError @throws BrokenUploadError
   */
  async execute(organizationId: string, file: IncomingFile): Promise<ReceivedFile> {
    const filename = safeFilename(file.filename);
    const documentId = this.ids.next();
    const storageKey = `${organizationId}/${documentId}`;
    const maximum = await this.largestFile(organizationId);
    const meter = new ContentMeter(maximum, () => new DocumentTooLargeError(filename, toMebibytes(maximum)));
    try {
      await this.files.write(storageKey, meter.pass(file.content));
      const mediaType = await this.mediaTypeOf(storageKey, filename);
      const { sizeBytes } = meter;
      const stored = { documentId, storageKey, mediaType, sizeBytes, contentHash: meter.digest() };
      return { ...stored, ...namesOf(file, filename) };
    } catch (error) {
      await this.files.remove(storageKey);
      throw error;
    }
  }

  /** Bytes: what the installation takes, or less where the organization's plan says so. */
  private async largestFile(organizationId: string): Promise<number> {
    const ofPlan = await this.quotas.uploadLimit(organizationId);
    return Math.min(this.config.maxUploadBytes, ofPlan ?? Infinity);
  }

  private async mediaTypeOf(storageKey: string, filename: string): Promise<string> {
    const sample = await this.files.head(storageKey, SAMPLE_BYTES);
    try {
      return (await detectMediaType(sample, filename)).mediaType;
    } catch (error) {
      return resolveDoubt(error, filename, sample.length === SAMPLE_BYTES);
    }
  }
}

const namesOf = (
  { title, sourceUrl }: IncomingFile,
  filename: string,
): Pick<ReceivedFile, 'filename' | 'title' | 'titleGiven' | 'sourceUrl'> => ({
  filename,
  title: title ?? titleFromFilename(filename),
  titleGiven: title !== undefined,
  sourceUrl: sourceUrl ?? null,
});

/** To a tenth, for people. */
const toMebibytes = (bytes: number): number => Math.round((bytes / MEBIBYTE) * 10) / 10;

const extensionOf = (filename: string): string => /\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';

/** A large archive may tell what it is at its end only: then its name is believed, and extraction finds out. */
const resolveDoubt = (error: unknown, filename: string, isSample: boolean): string => {
  if (error instanceof EmptyDocumentError) throw new EmptyUploadError(filename);
  if (!(error instanceof UnsupportedDocumentTypeError)) throw error;
  const detected = String(error.details['detected']);
  const extension = extensionOf(filename);
  if (isSample && detected === 'zip' && extension in MEDIA_TYPES) return MEDIA_TYPES[extension as FileFormat];
  throw new UnsupportedUploadError(filename, detected);
};
