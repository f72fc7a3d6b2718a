import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import { TestApi } from '#test/support/api';

import { Caller, fewAtATime } from './support/caller';
import {
  followUps,
  expectedInExport,
  freshQuestions,
  listProbes,
  probesOf,
  probesOfTold,
  questionAbout,
  situationOf,
  type Probe,
  type Told,
} from './support/probes';
import { drawnWorld, type DrawnOrganization } from './support/random-world';
import { World, type Person, type Secret } from './support/world';

/** Worlds to draw. Each asks about 1,400 questions. */
const DRAWS = 4;
const MIN_CASES = 5_000;
/** Any number will do; it makes a failure come back. */
const SEED = 20_261_121;
/** Enough to keep two processors busy. */
const AT_ONCE = 6;

const mark = ({ secret, route, person }: Probe, status: number, what: string): string =>
  `${route} as ${person.organizationAt}.${person.at} about ${secret.organizationAt}.${secret.collectionAt}: ${what} (${status})`;

describe('A secret', () => {
  let api: TestApi;
  let world: World;
  let caller: Caller;
  const cases = { asked: 0, told: 0, kept: 0 };

  beforeAll(async () => {
    api = await TestApi.start();
    world = await World.create(api);
    caller = new Caller(api.url);
  });
  afterAll(async () => {
    caller.close();
    await api.close();
  });

  /** While everything is open to the organization, one colleague asks about each secret. */
  const tell = async (secret: Secret): Promise<Told> => {
    const colleagues = world.people.filter(({ organizationAt }) => organizationAt === secret.organizationAt);
    const person = colleagues[(secret.collectionAt + 1) % colleagues.length]!;
    const idempotencyKey = randomUUID();
    const { text } = await caller.send({
      ...{ route: 'POST /chat', path: '/chat', person },
      body: { message: questionAbout(secret) },
      headers: { 'Idempotency-Key': idempotencyKey },
    });
    expect(text).toContain(secret.canary);
    const answer = JSON.parse(text) as { id: string; conversationId: string; parentId: string };
    const { id: messageId, parentId: questionId, conversationId } = answer;
    const path = `/conversations/${conversationId}/shares`;
    const shared = await caller.send({ route: 'POST /conversations/:id/shares', path, person, body: {} });
    const { token: shareToken } = JSON.parse(shared.text) as { token: string };
    return { person, secret, conversationId, questionId, messageId, shareToken, idempotencyKey };
  };

  const check = async (probe: Probe): Promise<string[]> => {
    const { status, text } = await caller.send(probe);
    cases.asked += 1;
    if (status >= 500 || status === 429) return [mark(probe, status, 'failed')];
    const isTold = text.includes(probe.secret.canary);
    cases[isTold ? 'told' : 'kept'] += 1;
    if (probe.tells === 'maybe' || isTold === probe.tells) return [];
    return [mark(probe, status, isTold ? 'LEAKED' : 'kept from a reader')];
  };

  /** Exports are dear and limited per minute, so each is asked once and looked through for every secret. */
  const checkExport = async (
    person: Person,
    path: string,
    { must, mustNot }: { readonly must: readonly string[]; readonly mustNot: readonly string[] },
  ): Promise<string[]> => {
    const { status, text } = await caller.send({ route: 'GET', path, person });
    cases.asked += 1;
    const isWhole = must.every((word) => text.includes(word));
    const isClean = !mustNot.some((word) => text.includes(word));
    if (status !== 429 && isWhole && isClean) return [];
    return [`${path} as ${person.organizationAt}.${person.at}: ${isClean ? 'incomplete' : 'LEAKED'} (${status})`];
  };

  const everyProbe = (
    drawn: readonly DrawnOrganization[],
    secrets: readonly Secret[],
    told: readonly Told[],
  ): Probe[] =>
    world.people.flatMap((person: Person, turn) => [
      ...secrets.flatMap((secret) => probesOf(person, secret, situationOf(drawn, person, secret))),
      ...told.flatMap((answer) => probesOfTold(person, answer, situationOf(drawn, person, answer.secret))),
      ...secrets.flatMap((secret) => listProbes(person, secret, situationOf(drawn, person, secret))),
      ...secrets
        .filter(({ collectionAt }) => collectionAt === turn % 3)
        .flatMap((secret) => freshQuestions(person, secret, situationOf(drawn, person, secret))),
    ]);

  it('reaches those who may read it and nobody else, whoever they are and whatever they ask', async () => {
    const property = fc.asyncProperty(drawnWorld, fc.uuid(), async (drawn, draw) => {
      const secrets = await world.plant(draw);
      const told: Told[] = [];
      await fewAtATime(secrets, 3, async (secret) => void told.push(await tell(secret)));
      await world.apply(drawn, secrets);
      const broken: string[] = [];
      const run = (probes: readonly Probe[]): Promise<void> =>
        fewAtATime(probes, AT_ONCE, async (probe) => void broken.push(...(await check(probe))));
      await run(everyProbe(drawn, secrets, told));
      await run(told.flatMap((answer) => followUps(answer, situationOf(drawn, answer.person, answer.secret))));
      for (const person of world.people) {
        const expected = expectedInExport(drawn, person, secrets, told);
        broken.push(...(await checkExport(person, '/me/export', expected)));
        const everything = { must: [], mustNot: secrets.map(({ canary }) => canary) };
        broken.push(...(await checkExport(person, '/admin/audit-logs/export?format=json', everything)));
      }
      expect(broken).toEqual([]);
    });
    await fc.assert(property, { numRuns: DRAWS, seed: SEED, endOnFailure: true });
    console.log(`leak property: ${cases.asked} cases, ${cases.told} told to readers, ${cases.kept} kept`);
    expect(cases.asked).toBeGreaterThanOrEqual(MIN_CASES);
    expect(cases.told).toBeGreaterThan(500);
    expect(cases.kept).toBeGreaterThan(500);
  }, 240_000);
});
