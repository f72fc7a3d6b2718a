/** The plan of a row's organization, as `plan`. @param table alias of a table that has an organization */
export const joinPlan = (table: string): string =>
  `JOIN organization tenant ON tenant.id = ${table}.organization_id JOIN plan ON plan.id = tenant.plan_id`;

/** `PlanRights`, where {@link joinPlan} has joined: part of the statement that finds the caller, so that a change counts at once. */
export const PLAN_RIGHTS = `json_build_object('features', plan.features, 'requestsPerMinute', plan.requests_per_minute)`;
