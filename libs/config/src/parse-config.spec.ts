import { AuthConfig } from './auth.config';
import { CONFIG_CLASSES } from './config.module';
import { HttpConfig } from './http.config';
import { InvalidConfigurationError } from './invalid-configuration.error';
import { parseConfig } from './parse-config';

const COMPLETE = {
  DATABASE_URL: 'postgresql://myia:pw@localhost:5432/myia',
  CHROMA_URL: 'http://localhost:8000',
  JWT_SECRET: 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf',
};

const failure = (env: Record<string, string>): InvalidConfigurationError => {
  try {
    parseConfig(CONFIG_CLASSES, env);
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error;
  }
  throw new Error('Expected an InvalidConfigurationError');
};

describe('parseConfig', () => {
  it('needs a Chroma server only where no Qdrant server is named', () => {
    const { CHROMA_URL: _chroma, ...rest } = COMPLETE;
    const variables = failure(rest).problems.map(({ variable }) => variable);
    expect(variables).toEqual(['CHROMA_URL']);
    expect(() => parseConfig(CONFIG_CLASSES, { ...rest, QDRANT_URL: 'http://qdrant:6333' })).not.toThrow();
    expect(failure({ ...rest, QDRANT_URL: 'qdrant' }).problems.map(({ variable }) => variable)).toEqual(['QDRANT_URL']);
  });

  it('takes defaults for what the environment does not name', () => {
    const http = parseConfig(CONFIG_CLASSES, COMPLETE).get(HttpConfig) as HttpConfig;
    expect(http).toMatchObject({ port: 3000, defaultLocale: 'fr', maxUploadBytes: 50 * 1024 * 1024 });
  });

  it('converts integers and lists', () => {
    const env = { ...COMPLETE, PORT: '0', CORS_ORIGINS: 'https://a.fr, https://b.fr' };
    expect(parseConfig(CONFIG_CLASSES, env).get(HttpConfig)).toMatchObject({
      port: 0,
      corsOrigins: ['https://a.fr', 'https://b.fr'],
    });
  });

  it('counts an empty variable as absent', () => {
    expect(parseConfig(CONFIG_CLASSES, { ...COMPLETE, PORT: '' }).get(HttpConfig)).toMatchObject({ port: 3000 });
  });

  it('names every bad variable at once and never a value', () => {
    const error = failure({ ...COMPLETE, PORT: '99999999', LLM_PROVIDER: 'sesame', JWT_SECRET: 'short-hunter2' });
    expect(error.problems.map(({ variable }) => variable)).toEqual(['PORT', 'LLM_PROVIDER', 'JWT_SECRET']);
    expect(error.message).not.toMatch(/99999999|sesame|hunter2/);
  });

  it('refuses an integer with anything behind it', () => {
    expect(failure({ ...COMPLETE, PORT: '3000abc' }).problems).toHaveLength(1);
  });

  it.each(['change-me-change-me-change-me-change-me', 'a'.repeat(40), 'this-is-an-example-of-a-signing-key!!'])(
    'refuses an example as signing secret (%#)',
    (secret) => {
      expect(failure({ ...COMPLETE, JWT_SECRET: secret }).problems[0]?.variable).toBe('JWT_SECRET');
    },
  );

  it('freezes what it parsed', () => {
    const auth = parseConfig(CONFIG_CLASSES, COMPLETE).get(AuthConfig);
    expect(Object.isFrozen(auth)).toBe(true);
  });
});
