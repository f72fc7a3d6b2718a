const PAGE_BYTES = 65_536;
/** Most files need less, and an engine never gives any memory back. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;

/** What of `WebAssembly.Memory` the engine calls when it needs more; it takes a refusal for the end of the machine's memory. */
interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * The parts of PDFium's C API that text extraction needs (public/fpdfview.h, fpdf_text.h, fpdf_edit.h, fpdf_doc.h). The
 * package's own classes hide geometry and never close a page; its WebAssembly module exports all of it.
 * Pointers and handles are numbers.
 */
export interface Pdfium {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly wasmExports: {
    readonly memory: GrowingMemory;
    malloc(bytes: number): number;
    free(pointer: number): void;
  };
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageHeight(page: number): number;
  _FPDF_GetPageWidth(page: number): number;
  _FPDF_PageToDevice(
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: number,
    deviceY: number,
  ): number;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, color: number): number;
  _FPDFBitmap_GetBuffer(bitmap: number): number;
  _FPDFBitmap_GetStride(bitmap: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_GetMetaText(document: number, tag: number, buffer: number, size: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFTextObj_GetTextRenderMode(object: number): number;
  _FPDFPageObj_GetFillColor(object: number, red: number, green: number, blue: number, alpha: number): number;
  _FPDFText_GetTextObject(textPage: number, index: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(textPage: number): void;
  _FPDFText_CountChars(textPage: number): number;
  _FPDFText_GetText(textPage: number, start: number, count: number, buffer: number): number;
  _FPDFText_GetCharIndexFromTextIndex(textPage: number, index: number): number;
  _FPDFText_GetCharOrigin(textPage: number, index: number, x: number, y: number): number;
  _FPDFText_GetCharBox(
    textPage: number,
    index: number,
    left: number,
    right: number,
    bottom: number,
    top: number,
  ): number;
  _FPDFText_GetMatrix(textPage: number, index: number, matrix: number): number;
  _FPDFText_GetFontSize(textPage: number, index: number): number;
  _FPDFText_GetFontWeight(textPage: number, index: number): number;
  _FPDFText_GetFontInfo(textPage: number, index: number, buffer: number, size: number, flags: number): number;
}

/** The engine of this thread, and whether it has asked for more memory than it may have. */
interface Loaded {
  readonly pdfium: Pdfium;
  isOutOfMemory: boolean;
}

let loaded: Promise<Loaded> | undefined;

/** One page may ask for gigabytes before it is read, so the bound is set where memory is given. */
const boundMemory = (engine: Loaded, bytes: number): void => {
  const { memory } = engine.pdfium.wasmExports;
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    engine.isOutOfMemory = memory.buffer.byteLength + pages * PAGE_BYTES > bytes;
    if (engine.isOutOfMemory) throw new RangeError('The PDF engine asks for more memory than it may have');
    return grow(pages);
  };
};

const load = async (memoryBytes: number): Promise<Loaded> => {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium');
  // The boundary to what the package exports but does not declare.
  const { module } = (await PDFiumLibrary.init()) as unknown as { readonly module: Pdfium };
  const engine = { pdfium: module, isOutOfMemory: false };
  boundMemory(engine, memoryBytes);
  return engine;
};

/**
 * Loads the engine once per thread, at the first PDF.
 *
 * @param memoryBytes most it may ever have; beyond, what it does ends in a trap
 */
export const loadPdfium = async (memoryBytes: number): Promise<Pdfium> => (await (loaded ??= load(memoryBytes))).pdfium;

/**
 * After a trap inside WebAssembly the engine's memory cannot be trusted: the next file gets a fresh one.
 *
 * @returns whether it was for want of memory
 */
export const discardPdfium = async (): Promise<boolean> => {
  const discarded = await loaded;
  loaded = undefined;
  return discarded?.isOutOfMemory ?? false;
};

/** After a file that needed much memory: it is free again as soon as something else needs it, and the next PDF gets a fresh engine. */
export const releasePdfium = async (): Promise<void> => {
  const engine = await loaded?.catch(() => undefined);
  if (engine && engine.pdfium.wasmExports.memory.buffer.byteLength > MOST_KEPT_BYTES) loaded = undefined;
};

/** Lends a block of the engine's memory. */
export const withMemory = <T>(pdfium: Pdfium, bytes: number, use: (pointer: number) => T): T => {
  const pointer = pdfium.wasmExports.malloc(bytes);
  try {
    return use(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
};

/** The same, until what uses it has come to its end. */
export const withMemoryAsync = async <T>(
  pdfium: Pdfium,
  bytes: number,
  use: (pointer: number) => Promise<T>,
): Promise<T> => {
  const pointer = pdfium.wasmExports.malloc(bytes);
  try {
    return await use(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
};

/** Reads UTF-16LE text that the engine wrote; the heap may have moved, so it is looked up now. */
export const readUtf16 = (pdfium: Pdfium, pointer: number, units: number): string =>
  new TextDecoder('utf-16le', { ignoreBOM: true }).decode(pdfium.HEAPU8.subarray(pointer, pointer + units * 2));
