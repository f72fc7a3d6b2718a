/** First day of the month, UTC. */
export const MONTH = `date_trunc('month', now() AT TIME ZONE 'UTC')::date`;

/** What an organization has spent this month, as `amount`. @param organization SQL of its id */
export const spentBy = (organization: string): string => `
  SELECT coalesce(sum(cost), 0) AS amount FROM usage_record used
   WHERE used.organization_id = ${organization} AND used.day >= ${MONTH}`;
