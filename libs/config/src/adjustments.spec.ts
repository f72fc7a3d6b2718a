import { Adjustments } from './adjustments';
import { HttpConfig } from './http.config';

describe('Adjustments of a config', () => {
  const adjustments = new Adjustments();
  const config = adjustments.over(new HttpConfig(), (variable) => variable === 'MAX_UPLOAD_MB');
  afterEach(() => adjustments.replace(new Map()));

  it('count from the next read on, also for what is derived from them, until they go', () => {
    expect(config.maxUploadMb).toBe(50);
    adjustments.replace(new Map([['MAX_UPLOAD_MB', 1]]));
    expect([config.maxUploadMb, config.maxUploadBytes, config.port]).toEqual([1, 1024 * 1024, 3000]);
    adjustments.replace(new Map());
    expect(config.maxUploadMb).toBe(50);
  });

  it('are the only way to change it', () => {
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it('know what was there before them, and who said so', () => {
    adjustments.replace(new Map([['MAX_UPLOAD_MB', 1]]));
    expect(adjustments.configuredValue('MAX_UPLOAD_MB')).toEqual({ value: 50, source: 'environment' });
    expect(adjustments.configuredValue('PORT')).toEqual({ value: 3000, source: 'default' });
    expect(() => adjustments.configuredValue('NOTHING')).toThrow('NOTHING');
  });
});
