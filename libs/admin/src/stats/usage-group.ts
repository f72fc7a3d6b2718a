/** What the use of models is summed over. */
export const USAGE_GROUPS = ['day', 'user', 'model', 'organization', 'kind'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];
