import { Adjustments, ApiKeyConfig, AuthConfig, EncryptionConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';

import { SecretBox } from '../crypto/secret-box';
import { ApplySettings } from './apply-settings';

type Answer = (rows: readonly object[]) => void;

/** A database that answers when it is told to. */
const slowDatabase = () => {
  const answers: Answer[] = [];
  const uow = Object.assign(Object.create(UnitOfWork.prototype) as UnitOfWork, {
    asPlatform: <T>(work: () => Promise<T>) => work(),
    query: () => new Promise((resolve: Answer) => answers.push(resolve)),
  });
  return { uow, answers };
};

const days = (value: number) => [{ id: '1', key: 'apiKeys.maxDays', value, sealed: null }];

describe('Applying settings', () => {
  const box = new SecretBox(
    new EncryptionConfig(),
    Object.assign(new AuthConfig(), { jwtSecret: 'the-signing-key-of-this-installation' }),
  );
  const start = () => {
    const adjustments = new Adjustments();
    const config = adjustments.over(new ApiKeyConfig(), () => false);
    const { uow, answers } = slowDatabase();
    return { config, answers, settings: new ApplySettings(uow, box, adjustments) };
  };

  it('does not go back to what a slow look still saw', async () => {
    const { config, answers, settings } = start();
    const [slow, quick] = [settings.refresh(), settings.refresh()];
    answers[1]?.(days(2));
    await quick;
    answers[0]?.(days(1));
    await slow;
    expect(config.maxDays).toBe(2);
  });

  it('leaves out what this version does not know and secrets it cannot open', async () => {
    const { config, answers, settings } = start();
    const done = settings.refresh();
    answers[0]?.([
      ...days(3),
      { id: '2', key: 'of.tomorrow', value: 1, sealed: null },
      { id: '3', key: 'metrics.token', value: null, sealed: 'v1.00000000.AAAA' },
    ]);
    await done;
    expect(config.maxDays).toBe(3);
  });
});
