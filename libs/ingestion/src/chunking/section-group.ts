import { type ChunkingOptions } from './chunking-options';
import { type Section } from './section';

/** Sections that are chunked as one text. */
export interface SectionGroup {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
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
  const counts = new Map<number, number>();
  for (const { level } of sections) if (level > 0) counts.set(level, (counts.get(level) ?? 0) + 1);
  const repeated = [...counts].filter(([, count]) => count > 1).map(([level]) => level);
  return Math.min(...(repeated.length > 0 ? repeated : counts.keys()), Number.MAX_SAFE_INTEGER);
};

type GroupingLimits = Pick<ChunkingOptions, 'tinyTokens' | 'targetTokens' | 'maxTokens'>;

/** The section that may join, and whether the one after it stands under it. */
interface Candidate {
  readonly section: Section;
  readonly tokens: number;
  readonly hasChildren: boolean;
}

const isRelated = (group: OpenGroup, { path }: Section): boolean =>
  isUnder(path, group.first.path) || isUnder(path, group.last.path) || sharesParent(group.first.path, path);

/** Headings above headings, or a few lines before the first heading: worth nothing without what they introduce. */
const introduces = (
  group: OpenGroup,
  { section, tokens }: Candidate,
  { tinyTokens, maxTokens }: GroupingLimits,
): boolean => {
  if (group.tokens >= tinyTokens || !isUnder(section.path, group.first.path)) return false;
  const onlyHeadings = group.sections.every(({ hasBody, level }) => !hasBody || level === 0);
  return onlyHeadings || group.tokens + tokens <= maxTokens;
};

/** A heading with nothing under it: the last page of a brochure, a caption set large. */
const isStray = ({ section, hasChildren }: Candidate): boolean => !section.hasBody && !hasChildren;

const isNeighbour = (
  group: OpenGroup,
  next: Candidate,
  chapterLevel: number,
  { tinyTokens }: GroupingLimits,
): boolean => {
  const tiny = [group.tokens, next.tokens].filter((tokens) => tokens < tinyTokens).length;
  const opensChapter = next.section.level <= chapterLevel && !isUnder(next.section.path, group.first.path);
  return opensChapter ? tiny === 2 : tiny > 0 && isRelated(group, next.section);
};

/** Tells whether a section joins the group before it. */
const joins = (group: OpenGroup, next: Candidate, chapterLevel: number, limits: GroupingLimits): boolean => {
  if (introduces(group, next, limits) || isStray(next)) return true;
  return group.tokens + next.tokens <= limits.targetTokens && isNeighbour(group, next, chapterLevel, limits);
};

/** Sections with a body and a heading decide the path: they say more than those that only introduce them. */
const close = ({ first, last, sections, tokens }: OpenGroup): SectionGroup => {
  const telling = sections.filter(({ hasBody, level }) => hasBody && level > 0);
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
  sections.forEach((section, index) => {
    const tokens = measure(section.start, section.end);
    const hasChildren = isUnder(sections[index + 1]?.path ?? [], section.path);
    const open = groups.at(-1);
    if (open && joins(open, { section, tokens, hasChildren }, chapterLevel, limits)) {
      open.sections.push(section);
      open.last = section;
      open.tokens += tokens;
    } else {
      groups.push({ first: section, last: section, sections: [section], tokens });
    }
  });
  return groups.map(close);
};
