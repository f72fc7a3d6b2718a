/** Two to four words with capitals, or initials: "Elsa Negre", "E. F. BENSON". Each word ends in one way only, or long runs of capitals would take forever. */
const PERSON = String.raw`(?<![\p{L}'’-])(?:\p{Lu}(?:\.\s?|[\p{L}'’-]*\s)){1,3}\p{Lu}[\p{L}'’-]+`;
/** Not "produced by": whoever made a copy is not its author. */
const NAMED_BY = new RegExp(
  String.raw`(?:^|[,(]\s?|(?:written|authored|écrite?s?|rédigée?s?|signée?s?)\s)(?:[Bb]y|BY|[Pp]ar|PAR)\s+${PERSON}|^(?:[Aa]uthors?|[Aa]uteure?s?|[Aa]utrices?|[Rr]édacteurs?)\s*:\s+${PERSON}`,
  'u',
);
const NAMED_BEFORE = new RegExp(
  String.raw`${PERSON}[^.]{0,60}\s(?:wrote|(?:has|have) written|is the author|are the authors|(?:a|ont) (?:écrit|rédigé)|écri(?:vit|virent)|est l['’]autrice|est l['’]auteur|sont les auteurs)(?!\p{L})`,
  'u',
);
const SENT_BY = /^(?:from|de|expéditeur|sender)\s*:\s*\S/iu;

/** Who made a text is asked for in other words than it is told: "who wrote", "by". */
const ORIGINS: readonly { readonly asks: RegExp; readonly tells: readonly RegExp[] }[] = [
  {
    asks: /(?<!\p{L})(?:auteure?s?|autrices?|écrite?|rédigée?|rédacteurs?|rédactrices?|authors?|wrote|written|writers?)(?!\p{L})/iu,
    tells: [NAMED_BY, NAMED_BEFORE],
  },
  { asks: /(?<!\p{L})(?:envoyée?|expéditeur|expéditrice|sent|sends|sender)(?!\p{L})/iu, tells: [SENT_BY] },
];

const NAMES_PERSON = new RegExp(PERSON, 'u');

/** A question that asks who made a text. */
export interface AskedOrigin {
  /** Whether a sentence says who did. */
  readonly tells: (sentence: string) => boolean;
  /** Whether it names somebody, and speaks of writing or sending at all. */
  readonly mayTell: (sentence: string) => boolean;
}

/** What the question asks for; undefined where it asks for something else. */
export const originAskedFor = (question: string): AskedOrigin | undefined => {
  const asked = ORIGINS.find(({ asks }) => asks.test(question));
  return (
    asked && {
      tells: (sentence) => asked.tells.some((pattern) => pattern.test(sentence)),
      mayTell: (sentence) => asked.asks.test(sentence) && NAMES_PERSON.test(sentence),
    }
  );
};

const SEPARATOR = String.raw`[∗*†‡§\d]*(?:\s*[,;&]\s*(?:(?:and|et)\s+)?|\s+(?:and|et)\s+)`;
/** "Julien Aligon∗, Patrick Marcel∗, Elsa Negre∗": names and nothing else. */
const BYLINE = new RegExp(String.raw`^(?:${PERSON}${SEPARATOR})+${PERSON}[∗*†‡§\d]*$`, 'u');
const LONGEST_BYLINE = 300;

/** Whether a line names several people and says nothing else: the authors of what it stands above. */
export const isByline = (line: string): boolean => line.length <= LONGEST_BYLINE && BYLINE.test(line.trim());

/** Whether a title names its author: "Sports d’hiver, par Anne Morel". */
export const namesAuthor = (title: string): boolean => NAMED_BY.test(title);
