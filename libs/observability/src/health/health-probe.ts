export interface ProbeResult {
  /** `degraded`: works, with less than all it has. */
  readonly state: 'up' | 'degraded' | 'down';
  /** Shown to anyone who asks: never an address, a path or a secret. */
  readonly detail?: string | undefined;
}

/**
 * Port: tells how one dependency is. Provide an adapter in any module and the readiness answer has it. Bounded to two
 * seconds by the caller; a probe that throws counts as down.
 */
export abstract class HealthProbe {
  /** Key in the readiness answer, as in `vectorStore`. */
  abstract readonly name: string;

  /** Whether the process cannot serve while this dependency is down. */
  abstract readonly critical: boolean;

  abstract check(): Promise<ProbeResult>;
}
