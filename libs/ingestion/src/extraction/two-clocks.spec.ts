import { TwoClocks } from './two-clocks';

describe('TwoClocks', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets parsing stand still while pictures are recognized, and bounds both', () => {
    const over: number[] = [];
    const clocks = new TwoClocks(10, 100, (seconds) => over.push(seconds));
    jest.advanceTimersByTime(9_000);
    clocks.startRecognition();
    jest.advanceTimersByTime(99_000);
    clocks.endRecognition();
    expect(over).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(over).toEqual([10]);
    clocks.stop();
  });

  it('bounds the recognition of all pictures together', () => {
    const over: number[] = [];
    const clocks = new TwoClocks(10, 100, (seconds) => over.push(seconds));
    for (let page = 0; page < 3; page += 1) {
      clocks.startRecognition();
      jest.advanceTimersByTime(40_000);
      clocks.endRecognition();
    }
    expect(over).toEqual([100]);
    clocks.stop();
  });
});
