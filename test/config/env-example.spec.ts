import {
  composeVariables,
  configuredVariables,
  envExampleVariables,
  LAUNCHER_VARIABLES,
  readRootFile,
  tableVariables,
  type DocumentedVariable,
} from './documented-variables';

const SECRET = /SECRET|PASSWORD|TOKEN$|_KEY$/;

const names = (variables: readonly DocumentedVariable[]): string[] => variables.map(({ name }) => name).sort();

const without = (variables: readonly DocumentedVariable[], dropped: readonly string[]): DocumentedVariable[] =>
  variables.filter(({ name }) => !dropped.includes(name));

const withoutDescription = (variables: readonly DocumentedVariable[]): Omit<DocumentedVariable, 'description'>[] =>
  variables.map(({ name, default: value }) => ({ name, default: value }));

describe('.env.example', () => {
  const configured = configuredVariables();
  const composeOnly = composeVariables().filter((name) => !names(configured).includes(name));
  const example = envExampleVariables();

  it('has every variable of the configuration classes, in their order, with its default and its description', () => {
    expect(without(example, [...LAUNCHER_VARIABLES, ...composeOnly])).toEqual(configured);
  });

  it('has the variables of the launcher and of docker-compose.yml, and no other', () => {
    expect(names(example)).toEqual([...names(configured), ...LAUNCHER_VARIABLES, ...composeOnly].sort());
  });

  it('sets nothing until somebody removes a comment sign', () => {
    const set = readRootFile('.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(set).toEqual([]);
  });

  it('holds no secret, not even an example of one', () => {
    const filled = example.filter(({ name, default: value }) => SECRET.test(name) && value !== '');
    expect(filled).toEqual([]);
  });
});

describe.each(['README.md', 'README.fr.md'])('the configuration table of %s', (file) => {
  const configured = configuredVariables();
  const table = tableVariables(file);

  it('has every variable and its default, and no other', () => {
    const rows = without(table, LAUNCHER_VARIABLES);
    expect(withoutDescription(rows)).toEqual(withoutDescription(configured));
    expect(names(table)).toEqual([...names(configured), ...LAUNCHER_VARIABLES].sort());
  });

  it('describes each of them', () => {
    expect(table.filter(({ description }) => description === '')).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  it('passes the product no variable it does not read', () => {
    const application = readRootFile('docker-compose.yml').split('\n  postgres:\n')[0] ?? '';
    const passed = [...application.matchAll(/^ {2,6}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
    expect(passed.length).toBeGreaterThan(10);
    expect(passed.filter((name) => !names(configuredVariables()).includes(name ?? ''))).toEqual([]);
  });

  it('has no default for a secret', () => {
    const secrets = [...readRootFile('docker-compose.yml').matchAll(/\$\{([A-Z0-9_]+)(:\?)?/g)].filter(([, name]) =>
      SECRET.test(name ?? ''),
    );
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter(([, , required]) => required === undefined)).toEqual([]);
  });
});
