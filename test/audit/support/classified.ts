import type { Response } from 'supertest';

import type { Scene } from './scene';

/** A route that leaves an entry: it is called, and the entry of that request is looked for. */
export interface Recorded {
  readonly action: string;
  readonly call: (scene: Scene) => PromiseLike<Response>;
}

/** The same for a route that is hard to call from here: the spec calls it and looks for the action by its name. */
export interface ProvenElsewhere {
  readonly action: string;
  readonly spec: string;
}

/** A route that leaves none, on purpose. */
export interface NotRecorded {
  readonly because: string;
}

export type Classified = Recorded | ProvenElsewhere | NotRecorded;
/** By method and path, as `POST /api/v1/collections`. */
export type Routes = Readonly<Record<string, Classified>>;

export const recorded = (action: string, call: Recorded['call']): Recorded => ({ action, call });
export const proven = (action: string, spec: string): ProvenElsewhere => ({ action, spec });
export const because = (reason: string): NotRecorded => ({ because: reason });

/** What a resource on `AuditedCrudService` is called with. The superuser calls. */
interface Administered {
  /** Under /admin. */
  readonly path: string;
  /** As its definition names it. */
  readonly name: string;
  /** Makes one, when a thing to change is not made by POST. @returns its id */
  readonly make?: (scene: Scene) => Promise<string>;
  readonly create?: (scene: Scene) => object;
  readonly change?: object;
  /** The body of a bulk call without its ids, and what it records. */
  readonly bulk?: { readonly body: object; readonly action: string };
  readonly isDeletable?: boolean;
}

/** The routes of one resource of the administration: only those it is given bodies for, and its export. */
export const administered = ({
  path,
  name,
  create,
  change,
  bulk,
  isDeletable = true,
  ...rest
}: Administered): Routes => {
  const base = `/admin/${path}`;
  const as = (scene: Scene) => scene.as(scene.cast.superuser);
  const make = rest.make ?? ((scene: Scene) => scene.make(base, create?.(scene) ?? {}, scene.cast.superuser));
  return {
    [`GET /api/v1${base}/export`]: recorded(`${name}.exported`, (scene) =>
      as(scene).get(`${base}/export`).query({ format: 'csv' }),
    ),
    ...(create && {
      [`POST /api/v1${base}`]: recorded(`${name}.created`, (scene) => as(scene).post(base).send(create(scene))),
    }),
    ...(change && {
      [`PATCH /api/v1${base}/:id`]: recorded(`${name}.updated`, async (scene) =>
        as(scene)
          .patch(`${base}/${await make(scene)}`)
          .send(change),
      ),
    }),
    ...(bulk && {
      [`POST /api/v1${base}/bulk`]: recorded(bulk.action, async (scene) =>
        as(scene)
          .post(`${base}/bulk`)
          .send({ ...bulk.body, ids: [await make(scene)] }),
      ),
    }),
    ...(isDeletable && {
      [`DELETE /api/v1${base}/:id`]: recorded(`${name}.deleted`, async (scene) =>
        as(scene).delete(`${base}/${await make(scene)}`),
      ),
    }),
  };
};
