import { SetMetadata } from '@nestjs/common';

import type { Feature } from './features';

export const NEEDED_FEATURE = Symbol('http:needed-feature');

/** Opens a route, or every route of a controller, only to organizations whose plan has the feature. */
export const Entitled = (feature: Feature): ClassDecorator & MethodDecorator =>
  SetMetadata<symbol, Feature>(NEEDED_FEATURE, feature);
