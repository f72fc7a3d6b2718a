import { readFile, stat } from 'node:fs/promises';

import { chunkDocument } from '../chunking/chunk-document';
import { screenText } from '../screening/screen-text';
import { extractDocument } from './extract-document';
import { DocumentTooComplexError } from './extraction.errors';
import { type ExtractionReply, type ExtractionRequest, packDocument, packError } from './extraction-message';
import { RemoteTextRecognizer } from './recognition/recognition-channel';

/** Parsers tell the console about every oddity of a file, in lines with its words; the outcome says what matters. */
const silent = () => undefined;
Object.assign(console, { debug: silent, error: silent, info: silent, log: silent, warn: silent });

const read = async ({ filePath, limits }: ExtractionRequest): Promise<Uint8Array> => {
  const { size } = await stat(filePath);
  if (size > limits.fileBytes)
    throw new DocumentTooComplexError({ limit: `${String(limits.fileBytes / 1_048_576)} MiB` });
  return readFile(filePath);
};

/** What a parsing thread runs for each file. Chunking and screening are here, too: they would stop the event loop. */
const extractInThread = async (request: ExtractionRequest): Promise<ExtractionReply> => {
  try {
    const { filename, limits, isFromWeb } = request;
    const recognizer = new RemoteTextRecognizer(request.recognition);
    const document = await extractDocument(await read(request), filename, limits, { recognizer, isFromWeb });
    const { text, hidden, title = filename } = document;
    return packDocument(document, chunkDocument(document, request.chunking), screenText(text, hidden, title));
  } catch (error) {
    return packError(error);
  } finally {
    request.recognition.close();
  }
};

export default extractInThread;
