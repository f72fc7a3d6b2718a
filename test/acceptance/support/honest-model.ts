import { OllamaProtocolServer, type OllamaMessage } from '../../support/ollama-server';

/*
 * A model server as a process of its own that can be killed. It answers with the sentence of its sources that shares most
 * words with the question, and its marker; it says so when none shares enough. Prints `listening <url>`, then
 * `finished <milliseconds since 1970>` after each whole answer.
 */

const MS_PER_TOKEN = 60;
/** Shared words that make a sentence an answer rather than a coincidence. */
const ENOUGH = 2;
const UNKNOWN = 'Les documents ne répondent pas à cette question.';
/** Longer answers give a killer time to strike in the middle. */
const SENTENCES = 3;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
const stemOf = (word: string): string => word.slice(0, 5);

/** How many different words two texts share; `form` says what counts as the same word. */
const shared = (one: string, other: string, form: (word: string) => string): number => {
  const known = new Set(wordsOf(other).map(form));
  return new Set(
    wordsOf(one)
      .map(form)
      .filter((word) => known.has(word)),
  ).size;
};

const sourcesOf = (prompt: string): { marker: string; text: string }[] =>
  [...prompt.matchAll(/^<<<SOURCE (\d+) [^\n]*\n[^\n]*\n\n([\s\S]*?)\n<<<END /gm)].map(
    ([, marker = '', text = '']) => ({
      marker,
      text,
    }),
  );

const sentencesOf = (text: string): string[] =>
  text.match(/[^.!?\n]{20,}[.!?]/g)?.map((sentence) => sentence.trim()) ?? [];

const answer = (messages: readonly OllamaMessage[]): string => {
  const prompt = messages.at(-1)?.content ?? '';
  const question = prompt.slice(prompt.lastIndexOf('<<<END ')).replace(/^[^\n]*\n/, '');
  const ranked = sourcesOf(prompt)
    .flatMap(({ marker, text }) => sentencesOf(text).map((sentence) => ({ marker, sentence })))
    .map((candidate) => ({ ...candidate, stems: shared(candidate.sentence, question, stemOf) }))
    .filter(({ stems }) => stems >= ENOUGH)
    .map((candidate) => ({ ...candidate, words: shared(candidate.sentence, question, String) }))
    .sort((a, b) => b.stems + b.words - a.stems - a.words)
    .slice(0, SENTENCES);
  return ranked.length === 0 ? UNKNOWN : ranked.map(({ marker, sentence }) => `${sentence} [${marker}]`).join(' ');
};

/** The server's list of requests grows by one with each; whoever waits for its end is told here. */
const announce = (server: OllamaProtocolServer): void => {
  let seen = 0;
  setInterval(() => {
    for (const { path, over } of server.requests.slice(seen)) {
      seen += 1;
      if (path !== '/api/chat') continue;
      over.then((how) => console.log(`${how} ${Date.now()}`)).catch(() => undefined);
    }
  }, 5);
};

OllamaProtocolServer.start({ answer, msPerToken: MS_PER_TOKEN, dimension: 768 })
  .then((server) => {
    console.log(`listening ${server.url}`);
    announce(server);
  })
  .catch((error: unknown) => {
    console.error(String(error));
    process.exit(1);
  });
