import type { Draft } from './draft-answer';
import { RecentDrafts } from './recent-drafts';

const HOUR_MS = 3_600_000;
const draft = (text: string): Draft => ({
  ...{ text, provider: 'p', model: 'm', read: [], degraded: undefined, isStopped: false },
  usage: { promptTokens: 1, completionTokens: 1 },
});

describe('Recent drafts', () => {
  it('are found for an hour', () => {
    const drafts = new RecentDrafts();
    drafts.keep('a', draft('A'), 0);
    expect(drafts.find('a', HOUR_MS - 1)?.text).toBe('A');
    expect(drafts.find('b', 0)).toBeUndefined();
    expect(drafts.find('a', HOUR_MS)).toBeUndefined();
    expect(drafts.size).toBe(0);
  });

  it('are a thousand at most, of which the least recently used goes first', () => {
    const drafts = new RecentDrafts();
    for (let at = 0; at < 1_000; at += 1) drafts.keep(String(at), draft('x'), 0);
    drafts.find('0', 1);
    drafts.keep('new', draft('x'), 1);
    expect(drafts.size).toBe(1_000);
    expect(drafts.find('0', 1)).toBeDefined();
    expect(drafts.find('1', 1)).toBeUndefined();
  });

  it('take so much memory and no more', () => {
    const drafts = new RecentDrafts();
    for (let at = 0; at < 10; at += 1) drafts.keep(String(at), draft('x'.repeat(1_000_000)), 0);
    expect(drafts.size).toBe(4);
    drafts.keep('9', draft('x'), 0);
    expect(drafts.find('9', 0)?.text).toBe('x');
  });
});
