import { childrenFirst } from './purge-organization';

const refers = (child: string, parent: string) => ({ child, parent });

describe('childrenFirst', () => {
  it('puts what refers to others before them', () => {
    const references = [refers('message', 'conversation'), refers('conversation', 'user'), refers('key', 'user')];
    const order = childrenFirst(['user', 'conversation', 'message', 'key'], references);
    expect(order.toSorted()).toEqual(['conversation', 'key', 'message', 'user']);
    for (const { child, parent } of references) expect(order.indexOf(child)).toBeLessThan(order.indexOf(parent));
  });

  it('names each table once, also in a circle', () => {
    const circle = [refers('a', 'b'), refers('b', 'a'), refers('c', 'a')];
    expect(childrenFirst(['a', 'b', 'c'], circle)).toEqual(['c', 'a', 'b']);
    expect(childrenFirst([], circle)).toEqual([]);
  });
});
