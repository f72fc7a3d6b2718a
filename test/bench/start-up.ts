import { median } from './measure';
import type { Section } from './report';

const GOAL_SECONDS = 4;

const seconds = (value: number): string => `${value.toFixed(2)} s`;

/**
 * From `npm start` to a ready product.
 * @param first seconds on an empty data directory
 * @param later seconds of the starts after that
 */
export const startUpSection = (first: number, later: readonly number[]): Section => {
  const typical = median(later);
  return {
    title: 'Start-up (npm start to 200 of /health/ready)',
    rows: [
      { name: 'first start: makes the database and its schema', ours: seconds(first) },
      {
        name: `second start (median of ${later.length})`,
        ours: seconds(typical),
        goal: { text: `under ${GOAL_SECONDS} s`, isMet: typical < GOAL_SECONDS },
      },
    ],
    notes: [`all later starts: ${later.map(seconds).join(', ')}`],
  };
};
