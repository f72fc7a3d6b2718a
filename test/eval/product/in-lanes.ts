/** Does the work for each item, so many at once; results in the order of the items. */
export const inLanes = async <T, R>(
  lanes: number,
  items: readonly T[],
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [place, item] of queue) results[place] = await work(item, place);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
};
