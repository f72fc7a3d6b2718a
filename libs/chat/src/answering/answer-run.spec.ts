import { LlmConfig } from '#libs/config';
import { AnswerRun } from './answer-run';
import { AnswerRuns } from './answer-runs';
import type { MessageView } from '../message/message.view';

const IDS = { id: 'answer', conversationId: 'conversation', parentId: 'question' };
const DONE = { id: 'answer', content: 'ab' } as MessageView;
const token = (text: string) => ({ type: 'token' as const, data: { text } });
const nobodyLeaves = new AbortController().signal;

const read = async (run: AnswerRun, afterId = 0): Promise<number[]> => {
  const ids: number[] = [];
  for await (const { id } of run.events(afterId, nobodyLeaves)) ids.push(id);
  return ids;
};

describe('an answer in progress', () => {
  it('gives every reader every event once, whenever it begins to read', async () => {
    const run = new AnswerRun(IDS, 'user');
    const early = read(run);
    run.emit(token('a'));
    await Promise.resolve();
    const late = read(run);
    run.emit(token('b'));
    run.emit({ type: 'done', data: DONE });
    expect(await early).toEqual([1, 2, 3, 4]);
    expect(await late).toEqual([1, 2, 3, 4]);
    expect(await read(run)).toEqual([1, 2, 3, 4]);
    expect(await run.finished).toBe(DONE);
  });

  it('resumes after the event a reader names', async () => {
    const run = new AnswerRun(IDS, 'user');
    run.emit(token('a'));
    run.emit({ type: 'done', data: DONE });
    expect(await read(run, 2)).toEqual([3]);
    expect(await read(run, 99)).toEqual([]);
  });

  it('lets a reader go without ending', async () => {
    const run = new AnswerRun(IDS, 'user');
    const leaving = new AbortController();
    const ids: number[] = [];
    const reading = (async () => {
      for await (const { id } of run.events(0, leaving.signal)) ids.push(id);
    })();
    await Promise.resolve();
    leaving.abort();
    await reading;
    run.emit({ type: 'done', data: DONE });
    expect(ids).toEqual([1]);
    expect(await run.finished).toBe(DONE);
  });

  it('has one end', async () => {
    const run = new AnswerRun(IDS, 'user');
    run.emit({ type: 'error', error: new Error('broken') });
    run.emit({ type: 'done', data: DONE });
    expect(await read(run)).toEqual([1, 2]);
    await expect(run.finished).rejects.toThrow('broken');
  });
});

describe('the answers of a process', () => {
  it('are found while they are written and afterwards, and let go at the end', async () => {
    const runs = new AnswerRuns(new LlmConfig());
    const run = runs.start(IDS, 'user', async (started) => {
      await new Promise((resolve) => started.stopped.addEventListener('abort', resolve));
      started.emit({ type: 'done', data: DONE });
    });
    expect(runs.inProgress()).toEqual(['answer']);
    expect(await run.stop()).toBe(DONE);
    await new Promise(setImmediate);
    expect(runs.inProgress()).toEqual([]);
    expect(runs.find('answer')).toBe(run);
    await runs.beforeApplicationShutdown();
    expect(runs.find('answer')).toBeUndefined();
  });

  it('that are being written are stopped and stored when the process stops', async () => {
    const runs = new AnswerRuns(new LlmConfig());
    const run = runs.start(IDS, 'user', async (started) => {
      await new Promise((resolve) => started.stopped.addEventListener('abort', resolve));
      started.emit({ type: 'done', data: DONE });
    });
    await runs.beforeApplicationShutdown();
    expect(await run.finished).toBe(DONE);
  });
});
