import type { MessageView } from '#libs/chat';
import { TestApi, type TestUser } from '#test/support/api';
import { meaningsOf } from '#test/support/meanings';
import { OllamaProtocolServer, type OllamaMessage } from '#test/support/ollama-server';

import { addHandbook } from './support/handbook';

const LEAVE = 'Les congés annuels sont de 25 jours ouvrés par an pour un temps plein.';
const TRAVEL = 'Travel expenses are refunded within 14 days after the report was submitted.';

/** The number by which the prompt cites the source that holds a text. */
const markerOf = (messages: readonly OllamaMessage[], text: string): number => {
  const prompt = messages.map(({ content }) => content).join('\n');
  const numbers = [...prompt.slice(0, prompt.indexOf(text)).matchAll(/<<<SOURCE (\d+)/gu)].map(([, number]) => number);
  return Number(numbers.at(-1));
};

describe('Citations of an answer in other words than its sources', () => {
  let ollama: OllamaProtocolServer;
  let api: TestApi;
  let user: TestUser;
  /** Makes the answer of the model, given the marker of each text. */
  let write: (leave: number, travel: number) => string;

  beforeAll(async () => {
    const answer = (messages: readonly OllamaMessage[]) => write(markerOf(messages, LEAVE), markerOf(messages, TRAVEL));
    ollama = await OllamaProtocolServer.start({ answer, meaningOf: meaningsOf, dimension: 512 });
    const limits = { CITATION_MEANING_TIMEOUT_MS: '20000', QUERY_REWRITING_TIMEOUT_MS: '0' };
    api = await TestApi.start({
      LLM_PROVIDER: 'ollama',
      EMBEDDINGS_PROVIDER: 'ollama',
      OLLAMA_URL: ollama.url,
      ...limits,
    });
    user = await api.createUser();
    await addHandbook(api, user);
  });
  afterAll(async () => {
    await api.close();
    await ollama.stop();
  });

  const ask = async (answer: typeof write): Promise<MessageView> => {
    write = answer;
    const message = 'Combien de jours de congés annuels, and when are travel expenses refunded ?';
    return (await api.http(user).post('/chat').send({ message }).expect(200)).body as MessageView;
  };
  const quotes = ({ citations }: MessageView) => citations.map(({ marker, quote }) => [marker, quote]);
  let leave: number;

  it('keep their marker in a paraphrase', async () => {
    const answer = await ask((marker) => `Le personnel dispose de cinq semaines de repos [${(leave = marker)}].`);
    expect(quotes(answer)).toEqual([[leave, LEAVE]]);
    expect(answer).toMatchObject({ grounded: true, unsupported: [] });
    expect(answer.citations[0]!.support).toBeLessThanOrEqual(0.75);
  });

  it('keep it in another language than the source', async () => {
    const answer = await ask((_, travel) => `Les frais de déplacement vous sont rendus en deux semaines [${travel}].`);
    expect(answer).toMatchObject({ citations: [{ quote: TRAVEL, source: 'current' }], unsupported: [] });
  });

  it('are moved to the source that means it', async () => {
    const answer = await ask((_, travel) => `Le personnel dispose de cinq semaines de repos [${travel}].`);
    expect(quotes(answer)).toEqual([[leave, LEAVE]]);
    expect(answer.content).toBe(`Le personnel dispose de cinq semaines de repos [${leave}].`);
  });

  it.each([
    ['an invented number', 'Le personnel dispose de 38 jours de repos'],
    ['an invented name', 'Le personnel dispose de cinq semaines de repos chez Durand'],
    ['a denial', 'Le personnel ne dispose d’aucun repos'],
    ['what no source says', 'La cantine sert un repas chaud à midi'],
  ])('are none, and the statement flagged, for %s', async (_what, statement) => {
    const answer = await ask((marker) => `${statement} [${marker}].`);
    expect(answer).toMatchObject({ content: `${statement}.`, citations: [], grounded: false });
    expect(answer.unsupported).toEqual([{ start: 0, end: statement.length + 1 }]);
  });

  it('ask the embedding model nothing where words prove the answer', async () => {
    await ask((marker) => `${LEAVE} [${marker}]`);
    const before = ollama.to('/api/embed').length;
    expect((await ask((marker) => `${LEAVE} [${marker}]`)).citations).toHaveLength(1);
    expect(ollama.to('/api/embed')).toHaveLength(before);
  });

  it('are left to words where the embedding model is gone', async () => {
    const statement = 'Chaque membre du personnel profite de cinq semaines de repos bien mérité';
    const answer = await ask((marker) => {
      ollama.failNext = 20;
      return `${statement} [${marker}].`;
    });
    ollama.failNext = 0;
    expect(answer).toMatchObject({ content: `${statement}.`, citations: [], status: 'complete', provider: 'ollama' });
    expect(answer.unsupported).toHaveLength(1);
  });

  it('are counted by what became of the comparison', async () => {
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toMatch(/^citation_comparison_total\{outcome="compared"\} [1-9]/mu);
    expect(metrics).toMatch(/^citation_comparison_total\{outcome="failed"\} [1-9]/mu);
  });
});
