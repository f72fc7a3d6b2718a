import { loadPdfium, releasePdfium, withMemory } from './pdfium';

const MIB = 1024 * 1024;
const load = () => loadPdfium(256 * MIB);

describe('the PDF engine', () => {
  it('is kept from file to file, until one has made it large', async () => {
    const engine = await load();
    withMemory(engine, 8 * MIB, () => undefined);
    await releasePdfium();
    expect(await load()).toBe(engine);
    withMemory(engine, 80 * MIB, () => undefined);
    await releasePdfium();
    const next = await load();
    expect(next).not.toBe(engine);
    expect(next.HEAPU8.byteLength).toBeLessThan(engine.HEAPU8.byteLength);
  });
});
