import type { OllamaMessage } from '../ollama-server';

const FENCE_LINE = /^<<<(SOURCE|END) (\d+) ([0-9a-f]+)>>>$/;
/** Of the instructions: the line that tells the code of this request. */
const CODE = /^.*(?:qui portent le code|that carry the code) ([0-9a-f]{12})\.$/m;
/** Words that switch roles in the templates of models. */
const ROLE_WORDS = /<\|(?:im_start|im_end|system|user|assistant|end)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?s>/i;

/** Reads a prompt line by line, and says what is wrong with each. */
class FenceReader {
  private isOpen = false;

  constructor(
    private readonly code: string,
    private readonly mark: string,
  ) {}

  read(line: string): string[] {
    const [, kind, , nonce] = FENCE_LINE.exec(line) ?? [];
    if (nonce !== undefined) return this.pass(kind === 'SOURCE', nonce, line);
    return [this.lookalike(line), this.isOpen ? this.speech(line) : this.stray(line)].flatMap((wrong) => wrong ?? []);
  }

  end(): string[] {
    return this.isOpen ? ['a fence is never closed'] : [];
  }

  private pass(opens: boolean, nonce: string, line: string): string[] {
    const isFalse = nonce !== this.code || opens === this.isOpen;
    this.isOpen = opens;
    return isFalse ? [`a false fence: ${line}`] : [];
  }

  private lookalike(line: string): string | undefined {
    return /<<<|>>>/.test(line) ? `looks like a fence: ${line.slice(0, 80)}` : undefined;
  }

  private speech(line: string): string | undefined {
    return line.includes(this.code) || ROLE_WORDS.test(line) ? `speaks: ${line.slice(0, 80)}` : undefined;
  }

  private stray(line: string): string | undefined {
    return line.includes(this.mark) ? `outside any fence: ${line.slice(0, 80)}` : undefined;
  }
}

/**
 * How the texts of documents got out of their fences in a prompt.
 * @param mark a word that stands in the documents and nowhere else
 */
export const breakouts = (messages: readonly OllamaMessage[], mark: string): string[] => {
  const prompt = messages.map(({ content }) => content).join('\n');
  const code = CODE.exec(prompt)?.[1];
  if (code === undefined) return ['the prompt names no code'];
  const reader = new FenceReader(code, mark);
  return [...prompt.split('\n').flatMap((line) => reader.read(line)), ...reader.end()];
};

/** What a program that shows Markdown would make a link, an image or HTML of. */
const ACTIVE = /!?\[[^\]\n]*(?<!\\)\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+(?<!\\)\]:|(?<!\\)<[a-z/!?][^\n]{0,60}/gim;
/** And of a bare address, where it is not written for people to read. */
const ADDRESS = /\b(?:https?|ftp):\/\/\S+|\bwww\.\S+/gi;

export const activePartsOf = (markdown: string, { addresses }: { readonly addresses: boolean }): string[] => [
  ...(markdown.match(ACTIVE) ?? []),
  ...(addresses ? (markdown.match(ADDRESS) ?? []) : []),
];
