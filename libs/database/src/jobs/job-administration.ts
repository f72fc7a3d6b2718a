/** One job, as its queue knows it. */
export interface JobReference {
  readonly queue: string;
  readonly id: string;
}

/**
 * Port: what an operator may do with a job. Each call joins the transaction in progress and does nothing to a job that has
 * moved on; whoever needs to know holds the job's row first.
 */
export abstract class JobAdministration {
  /** Lets a failed job wait for one more attempt. @throws Error outside UnitOfWork.run */
  abstract retry(job: JobReference): Promise<void>;

  /** Takes back a job that waits. @throws Error outside UnitOfWork.run */
  abstract cancel(job: JobReference): Promise<void>;

  /** Forgets a job that has ended. @throws Error outside UnitOfWork.run */
  abstract remove(job: JobReference): Promise<void>;
}
