import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { folderProgress } from './folder-progress';

const ESCAPE = '\u001b';

describe('The progress of a folder', () => {
  const follow = async (isTTY: boolean): Promise<string> => {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 200 });
    const progress = folderProgress(stream as unknown as NodeJS.WriteStream);
    progress.start(2);
    progress.file('a.md', 'added');
    progress.file(`b${ESCAPE}[2J.md`, 'failed');
    progress.end();
    stream.end();
    return text(stream);
  };
  let lines: string[];
  beforeEach(() => {
    lines = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  it('is a bar on a terminal, which shows the cursor again', async () => {
    const written = await follow(true);
    expect(written).toContain('2/2 files');
    expect(written.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(written.lastIndexOf(`${ESCAPE}[?25l`));
    expect(lines).toEqual([]);
  });

  it('is a line for each file elsewhere', async () => {
    expect(await follow(false)).toBe('');
    expect(lines).toEqual(['added     a.md', 'failed    b\ufffd[2J.md']);
  });

  it('sends a terminal no escape sequence of a file name', async () => {
    expect(await follow(true)).not.toContain(`${ESCAPE}[2J`);
  });
});
