import { type Section } from './section';

/** Sections that are chunked as one text. */
export interface SectionGroup {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
  readonly tokens: number;
}

interface Measured {
  readonly section: Section;
  readonly tokens: number;
}

interface OpenGroup {
  readonly first: Section;
  readonly sections: Section[];
  last: Section;
  tokens: number;
}

const isUnder = (path: readonly string[], ancestor: readonly string[]): boolean =>
  ancestor.length < path.length && ancestor.every((title, index) => path[index] === title);

const sharesParent = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.slice(0, -1).every((title, index) => b[index] === title);

const sharedPath = (paths: readonly (readonly string[])[]): readonly string[] => {
  const [first = [], ...rest] = paths;
  const differs = first.findIndex((title, index) => rest.some((path) => path[index] !== title));
  return differs === -1 ? first : first.slice(0, differs);
};

/** The level the document's chapters have: the highest that occurs twice, since a title occurs once. */
const chapterLevelOf = (sections: readonly Section[]): number => {
  const levels = sections.map(({ level }) => level).filter((level) => level > 0);
  const repeated = levels.filter((level, index) => levels.indexOf(level) !== index);
  return Math.min(...(repeated.length > 0 ? repeated : levels), Number.MAX_SAFE_INTEGER);
};

export interface GroupingLimits {
  readonly tinyTokens: number;
  readonly targetTokens: number;
}

const isRelated = (group: OpenGroup, { path }: Section): boolean =>
  isUnder(path, group.first.path) || isUnder(path, group.last.path) || sharesParent(group.first.path, path);

/** Tells whether a section joins the group before it. */
const joins = (group: OpenGroup, next: Measured, chapterLevel: number, limits: GroupingLimits): boolean => {
  if (group.tokens + next.tokens > limits.targetTokens) return false;
  const tiny = [group.tokens, next.tokens].filter((tokens) => tokens < limits.tinyTokens).length;
  const { level, path } = next.section;
  const opensChapter = level <= chapterLevel && !isUnder(path, group.first.path);
  return opensChapter ? tiny === 2 : tiny > 0 && isRelated(group, next.section);
};

/** A heading that only introduces the next one says less than that one: sections with a body decide the path. */
const close = ({ first, last, sections, tokens }: OpenGroup): SectionGroup => {
  const telling = sections.filter(({ hasBody }) => hasBody);
  const shared = sharedPath((telling.length > 0 ? telling : sections).map(({ path }) => path));
  return { start: first.start, end: last.end, path: shared.length > 0 ? shared : first.path, tokens };
};

/**
 * Merges sections too small to stand alone: a heading with its first subsection, tiny neighbours under one parent. A chapter
 * joins the one before only when both are tiny.
 *
 * @param measure tokens of a stretch of the text
 */
export const groupSections = (
  sections: readonly Section[],
  measure: (start: number, end: number) => number,
  limits: GroupingLimits,
): SectionGroup[] => {
  const chapterLevel = chapterLevelOf(sections);
  const groups: OpenGroup[] = [];
  for (const section of sections) {
    const next = { section, tokens: measure(section.start, section.end) };
    const open = groups.at(-1);
    if (open && joins(open, next, chapterLevel, limits)) {
      open.sections.push(section);
      open.last = section;
      open.tokens += next.tokens;
    } else {
      groups.push({ first: section, last: section, sections: [section], tokens: next.tokens });
    }
  }
  return groups.map(close);
};
