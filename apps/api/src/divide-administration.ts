import type { OpenAPIObject } from '@nestjs/swagger';

import { operationsOf } from '#libs/http';

const ADMINISTRATION = 'Administration';
const RESOURCE = /^\/api\/v1\/admin\/([\w-]+)/;

const tagOf = (resource: string): string => `${ADMINISTRATION}: ${resource}`;

/**
 * Gives each resource of the administration a section of its own, in the order of the alphabet, where the one tag stood:
 * two hundred routes under one heading are no help to anybody. Headings without a route are left out. Changes the document.
 */
export const divideAdministration = (document: OpenAPIObject): void => {
  const used = new Set<string>();
  for (const [path, operation] of operationsOf(document)) {
    const [, resource] = RESOURCE.exec(path) ?? [];
    if (resource !== undefined) operation.tags = [tagOf(resource)];
    for (const tag of operation.tags ?? []) used.add(tag);
  }
  const sections = [...used].filter((name) => name.startsWith(`${ADMINISTRATION}:`)).toSorted();
  document.tags = (document.tags ?? [])
    .flatMap((tag) => (tag.name === ADMINISTRATION ? sections.map((name) => ({ name })) : [tag]))
    .filter(({ name }) => used.has(name));
};
