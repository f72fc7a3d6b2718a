import { createHash } from 'node:crypto';

import { ContentMeter } from './content-meter';
import { BrokenUploadError, EmptyUploadError } from './upload.errors';

describe('ContentMeter', () => {
  const drain = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };
  const source = (closed: () => void, end?: Error) =>
    (async function* () {
      try {
        yield await Promise.resolve(Buffer.from('abc'));
        if (end) throw end;
        yield Buffer.from('def');
      } finally {
        closed();
      }
    })();

  it('counts and hashes what passes, and changes nothing', async () => {
    const meter = new ContentMeter(6, () => new Error('too large'));
    expect(await drain(meter.pass(source(jest.fn())))).toBe('abcdef');
    expect(meter.sizeBytes).toBe(6);
    expect(meter.digest()).toBe(createHash('sha256').update('abcdef').digest('hex'));
  });

  it('stops past the maximum and closes the source', async () => {
    const closed = jest.fn();
    const meter = new ContentMeter(5, () => new Error('too large'));
    await expect(drain(meter.pass(source(closed)))).rejects.toThrow('too large');
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('leaves the problem to a source that knows it', async () => {
    const known = new EmptyUploadError('a.txt');
    const meter = new ContentMeter(6, () => new Error('too large'));
    await expect(drain(meter.pass(source(jest.fn(), known)))).rejects.toBe(known);
  });

  it('tells a broken source apart', async () => {
    const cut = new Error('socket hang up');
    const meter = new ContentMeter(6, () => new Error('too large'));
    const passing = drain(meter.pass(source(jest.fn(), cut)));
    await expect(passing).rejects.toThrow(BrokenUploadError);
    await expect(passing).rejects.toMatchObject({ cause: cut });
  });
});
