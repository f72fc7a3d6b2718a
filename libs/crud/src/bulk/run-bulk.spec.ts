import { Logger } from '@nestjs/common';

import { ResourceNotFoundError } from '../crud.errors';
import { runBulk } from './run-bulk';

describe('runBulk', () => {
  it('tells of each row what became of it, and goes on after a failure', async () => {
    const done: string[] = [];
    const act = (id: string) =>
      id === 'b' ? Promise.reject(new ResourceNotFoundError('toy', id)) : Promise.resolve(done.push(id));
    expect(await runBulk(['a', 'b', 'c'], act, 'fr')).toEqual({
      results: [
        { id: 'a', outcome: 'done' },
        {
          id: 'b',
          outcome: 'failed',
          problem: {
            code: 'resource.not_found',
            title: 'Introuvable',
            detail: 'Aucune ressource « toy » avec l’identifiant b.',
          },
        },
        { id: 'c', outcome: 'done' },
      ],
    });
    expect(done).toEqual(['a', 'c']);
  });

  it('says nothing of an unexpected failure but logs it', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { results } = await runBulk(['a'], () => Promise.reject(new Error('secret SQL')), 'en');
    expect(results[0]?.problem?.code).toBe('internal');
    expect(JSON.stringify(results)).not.toContain('secret SQL');
    expect(logged).toHaveBeenCalled();
    logged.mockRestore();
  });
});
