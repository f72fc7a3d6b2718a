import { LlmConfig } from '#libs/config';
import type { MessageView } from '../message/message.view';
import type { AnswerRun } from './answer-run';
import { AnswerRuns } from './answer-runs';

const DONE = { id: 'answer' } as MessageView;

describe('The answers in progress', () => {
  const runs = new AnswerRuns(new LlmConfig());
  let number = 0;
  /** An answer that is being written until it is told to end. */
  const begin = (ownerId: string): Promise<AnswerRun> =>
    runs.admit(ownerId, () => {
      number += 1;
      const ids = { id: `answer-${number}`, conversationId: 'conversation', parentId: 'question' };
      return Promise.resolve(
        runs.start(ids, ownerId, async (run) => {
          await new Promise((resolve) => run.stopped.addEventListener('abort', resolve));
          run.emit({ type: 'done', data: DONE });
        }),
      );
    });

  it('of one caller are bounded, those of others are not touched, and one that ends makes room', async () => {
    const mine = await Promise.all(Array.from({ length: 20 }, () => begin('me')));
    await expect(begin('me')).rejects.toMatchObject({ code: 'chat.too_many_answers' });
    const theirs = await begin('you');
    await mine[0]?.stop();
    const next = await begin('me');
    await expect(begin('me')).rejects.toMatchObject({ code: 'chat.too_many_answers' });
    await Promise.all([...mine, theirs, next].map((run) => run.stop()));
  });

  it('do not count one that never began', async () => {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const failing = runs.admit('unlucky', () => Promise.reject(new Error('no such collection')));
      await expect(failing).rejects.toThrow('no such collection');
    }
    await (await begin('unlucky')).stop();
  });
});
