import { Audience } from './audience';

const GRACE_MS = 600;

describe('The audience of an answer', () => {
  let deserted: number;
  const gather = (graceMs?: number) => new Audience(graceMs, () => (deserted += 1));
  beforeEach(() => {
    deserted = 0;
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is gone a moment after the last has left, not before', () => {
    const audience = gather(GRACE_MS);
    const [first, second] = [audience.join(), audience.join()];
    first();
    first();
    jest.advanceTimersByTime(10 * GRACE_MS);
    expect(deserted).toBe(0);
    second();
    jest.advanceTimersByTime(GRACE_MS - 1);
    expect(deserted).toBe(0);
    jest.advanceTimersByTime(1);
    expect(deserted).toBe(1);
  });

  it('is there again when somebody comes back in time', () => {
    const audience = gather(GRACE_MS);
    audience.join()();
    jest.advanceTimersByTime(GRACE_MS - 1);
    const leave = audience.join();
    jest.advanceTimersByTime(10 * GRACE_MS);
    expect(deserted).toBe(0);
    leave();
    jest.advanceTimersByTime(GRACE_MS);
    expect(deserted).toBe(1);
  });

  it.each([
    ['nobody joined', gather(GRACE_MS)],
    ['it may leave for ever', gather()],
  ])('is never gone when %s', (how, audience) => {
    if (how !== 'nobody joined') audience.join()();
    jest.advanceTimersByTime(100 * GRACE_MS);
    expect(deserted).toBe(0);
  });

  it('does not matter once it was dismissed', () => {
    const audience = gather(GRACE_MS);
    audience.join()();
    audience.dismiss();
    audience.join()();
    jest.advanceTimersByTime(100 * GRACE_MS);
    expect(deserted).toBe(0);
  });
});
