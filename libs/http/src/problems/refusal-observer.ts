/** A request that was answered 401, 403 or 429. */
export interface RefusedRequest {
  readonly method: string;
  /** Pattern, as `/api/v1/documents/:id`; an address may hold what people typed. */
  readonly route: string;
  /** Of the problem. */
  readonly code: string;
  readonly status: number;
  /** `id` of the path, when the route has one. */
  readonly resourceId: string | undefined;
}

/** Port: is told of every refusal, whoever refused. libs/audit implements it; a process without it answers all the same. */
export abstract class RefusalObserver {
  /** Called within the context of the request; its answer waits for it. */
  abstract refused(request: RefusedRequest): Promise<void>;
}
