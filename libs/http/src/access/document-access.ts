import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

import type { ErrorDefinition } from '#libs/kernel';

import { PROBLEM_MEDIA_TYPE } from '../problems/problem';
import { problemResponse, type ProblemResponse } from '../problems/problem-response';
import { statusOf } from '../problems/status-of';
import {
  AccessForbiddenError,
  AddressRefusedError,
  AuthenticationRequiredError,
  FeatureClosedError,
  FeatureMissingError,
  ScopeMissingError,
} from './access.errors';
import { describeRoutes, type RouteDescription } from './describe-routes';
import type { Feature } from './features';
import type { Flag } from './flags';
import type { Scope } from './scopes';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & {
  'x-api-key-scope'?: Scope | null;
  'x-feature'?: Feature;
  'x-flag'?: Flag;
};

/** Keeps what the route itself says about the same status, such as the reasons for which a token is refused. */
const merge = (own: Operation['responses'][string], added: ProblemResponse): ProblemResponse => {
  const known = own as ProblemResponse | undefined;
  const [addedBody, knownBody] = [added.content[PROBLEM_MEDIA_TYPE], known?.content[PROBLEM_MEDIA_TYPE]];
  if (!known || !addedBody || !knownBody) return added;
  const examples = { ...addedBody.examples, ...knownBody.examples };
  return {
    description: `${added.description}; ${known.description}`,
    content: { [PROBLEM_MEDIA_TYPE]: { ...addedBody, examples } },
  };
};

const refuse = ({ responses }: Operation, definition: ErrorDefinition): void => {
  const status = String(statusOf(definition.kind));
  responses[status] = merge(responses[status], problemResponse([definition]));
};

const documentFeature = (operation: Operation, feature: Feature): void => {
  operation['x-feature'] = feature;
  refuse(operation, FeatureMissingError.definition);
};

const documentFlag = (operation: Operation, flag: Flag): void => {
  operation['x-flag'] = flag;
  refuse(operation, FeatureClosedError.definition);
};

const operationOf = ({ paths }: OpenAPIObject, { method, path }: RouteDescription): Operation | undefined => {
  const item = paths[path.replaceAll(/:(\w+)/g, '{$1}')] as Record<string, Operation | undefined> | undefined;
  return item?.[method.toLowerCase()];
};

const documentCaller = (operation: Operation, { access, scope, feature, flag }: RouteDescription): void => {
  operation.security = [{ bearer: [] }];
  operation['x-api-key-scope'] = scope ?? null;
  refuse(operation, AuthenticationRequiredError.definition);
  refuse(operation, ScopeMissingError.definition);
  if (access !== 'user') refuse(operation, AccessForbiddenError.definition);
  if (feature) documentFeature(operation, feature);
  if (flag) documentFlag(operation, flag);
};

/**
 * Writes the rule of each route into its operation: security, refusals and the scope of API keys (`x-api-key-scope`, null
 * where no key may call) for all but public ones, and the feature of a plan where it needs one (`x-feature`), the flag administrators may close it by (`x-flag`); and that an address may be refused. Changes the document.
 */
export const documentAccess = (document: OpenAPIObject, app: INestApplication): void => {
  for (const route of describeRoutes(app)) {
    const operation = operationOf(document, route);
    if (!operation) continue;
    if (!route.anywhere) refuse(operation, AddressRefusedError.definition);
    if (route.access !== 'public') documentCaller(operation, route);
  }
};
