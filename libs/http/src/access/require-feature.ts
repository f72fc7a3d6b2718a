import { FeatureMissingError } from './access.errors';
import type { Feature } from './features';
import type { Principal } from './principal';

/**
 * For what is part of a route only, such as one format of several; whole routes say `@Entitled`.
 * @throws FeatureMissingError when the plan of the caller's organization does not have it, or is unknown
 */
export const requireFeature = (principal: Principal | undefined, feature: Feature): void => {
  if (!principal?.plan?.features.includes(feature)) throw new FeatureMissingError(feature);
};
