import { crc32, deflateSync } from 'node:zlib';

import { PDFiumLibrary } from '@hyzyla/pdfium';

/** One byte per pixel, 255 is white. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What a scanner makes of the first page of a PDF. */
export const scanPdf = async (pdf: Uint8Array, dpi = 200): Promise<GreyPicture> => {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(Buffer.from(pdf));
    const { data, width, height } = await document
      .getPage(0)
      .render({ scale: dpi / 72, render: 'bitmap', colorSpace: 'Gray' });
    document.destroy();
    return { width, height, pixels: data };
  } finally {
    library.destroy();
  }
};

const bytesOf = (...numbers: readonly (readonly [value: number, size: 2 | 4])[]): Buffer<ArrayBuffer> =>
  Buffer.concat(
    numbers.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );

const pngChunk = (type: string, data: Uint8Array): Buffer<ArrayBuffer> => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

const rowsOf = ({ width, height, pixels }: GreyPicture): Uint8Array[] =>
  Array.from({ length: height }, (_, row) => pixels.subarray(row * width, (row + 1) * width));

export const makePng = (picture: GreyPicture): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(picture.width, 0);
  head.writeUInt32BE(picture.height, 4);
  head[8] = 8; // bits per pixel; colour type 0 is grey
  const rows = rowsOf(picture).map((row) => Buffer.concat([Buffer.alloc(1), row]));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const data = pngChunk('IDAT', deflateSync(Buffer.concat(rows)));
  return Buffer.concat([signature, pngChunk('IHDR', head), data, pngChunk('IEND', new Uint8Array())]);
};

export const makeBmp = (picture: GreyPicture): Buffer => {
  const { width, height } = picture;
  const padding = Buffer.alloc((4 - (width % 4)) % 4);
  const rows = rowsOf(picture)
    .reverse()
    .map((row) => Buffer.concat([row, padding]));
  const palette = Buffer.from(Array.from({ length: 256 }, (_, grey) => [grey, grey, grey, 0]).flat());
  const data = Buffer.concat(rows);
  const start = 54 + palette.length;
  return Buffer.concat([
    Buffer.from('BM'),
    bytesOf([start + data.length, 4], [0, 4], [start, 4], [40, 4], [width, 4], [height, 4], [1, 2], [8, 2]),
    bytesOf([0, 4], [data.length, 4], [7_874, 4], [7_874, 4], [256, 4], [0, 4]),
    palette,
    data,
  ]);
};

const evenLength = (picture: GreyPicture | undefined): number => {
  const length = picture?.pixels.length ?? 0;
  return length + (length % 2);
};

/** A TIFF with one page per picture, not compressed. */
export const makeTiff = (pictures: readonly GreyPicture[]): Buffer => {
  const parts: Uint8Array[] = [Buffer.from('49492a00', 'hex')];
  let end = 8;
  for (const [index, { width, height, pixels }] of pictures.entries()) {
    const [dataAt, tagsAt] = [end, end + pixels.length + (pixels.length % 2)];
    const tag = (id: number, type: 3 | 4, value: number) => bytesOf([id, 2], [type, 2], [1, 4], [value, 4]);
    const tags = [
      tag(256, 4, width),
      tag(257, 4, height),
      tag(258, 3, 8),
      tag(259, 3, 1),
      tag(262, 3, 1),
      tag(273, 4, dataAt),
      tag(278, 4, height),
      tag(279, 4, pixels.length),
    ];
    end = tagsAt + 2 + tags.length * 12 + 4;
    if (index === 0) parts.push(bytesOf([tagsAt, 4]));
    const nextTagsAt = pictures[index + 1] === undefined ? 0 : end + evenLength(pictures[index + 1]);
    parts.push(Buffer.from(pixels), Buffer.alloc(pixels.length % 2), bytesOf([tags.length, 2]), ...tags);
    parts.push(bytesOf([nextTagsAt, 4]));
  }
  return Buffer.concat(parts);
};
