import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';

import { HealthProbe, type ProbeResult } from './health-probe';
import type { DependencyView, ReadinessView } from './readiness.view';

/** A probe that says nothing for this long is down: orchestrators ask every few seconds. */
const PROBE_TIMEOUT_MS = 2_000;

/** As the contract lists them; others follow. */
const ORDER = ['database', 'vectorStore', 'llm', 'queue', 'disk', 'memory'];

const STATUS = { ok: 'ready', degraded: 'degraded', error: 'unavailable', shutting_down: 'unavailable' } as const;

/** Asks every probe at once, each for two seconds at most. */
@Injectable()
export class Readiness {
  private running: Promise<ReadinessView> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Callers at the same time share one round, so that a crowd of probers is no load on what they probe. */
  check(): Promise<ReadinessView> {
    this.running ??= this.round().finally(() => (this.running = undefined));
    return this.running;
  }

  private async round(): Promise<ReadinessView> {
    const probes = this.probes();
    const results = await Promise.all(probes.map(boundedCheck));
    const indicators = probes.map((probe, index) => () => this.indicate(probe, results[index]));
    const { status } = await this.health.check(indicators).catch(resultOf);
    return { status: STATUS[status], dependencies: viewOf(probes, results) };
  }

  /** Found rather than listed: a feature that provides a probe needs nobody's leave to be asked. */
  private probes(): HealthProbe[] {
    const found = this.discovery.getProviders().map(({ instance }: { instance: unknown }) => instance);
    const probes = found.filter((instance): instance is HealthProbe => instance instanceof HealthProbe);
    return [...new Set(probes)].sort((a, b) => rankOf(a) - rankOf(b));
  }

  private indicate(probe: HealthProbe, { state }: ProbeResult = { state: 'down' }): HealthIndicatorResult {
    const session = this.indicators.check(probe.name);
    if (state === 'up') return session.up();
    // Only what the process cannot serve without takes it out of service.
    return state === 'down' && probe.critical ? session.down() : session.degraded();
  }
}

/** Terminus reports a failed check by throwing its result. */
const resultOf = (error: unknown): HealthCheckResult => {
  if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
  throw error;
};

const boundedCheck = async (probe: HealthProbe): Promise<ProbeResult> => {
  const timeout = Promise.withResolvers<ProbeResult>();
  const timer = setTimeout(() => timeout.resolve({ state: 'down', detail: 'no answer in time' }), PROBE_TIMEOUT_MS);
  try {
    return await Promise.race([probe.check(), timeout.promise]);
  } catch {
    return { state: 'down' };
  } finally {
    clearTimeout(timer);
  }
};

const viewOf = (probes: readonly HealthProbe[], results: readonly ProbeResult[]): ReadinessView['dependencies'] =>
  Object.fromEntries(probes.map(({ name }, index) => [name, { ...results[index] } as DependencyView]));

const rankOf = ({ name }: HealthProbe): number => {
  const rank = ORDER.indexOf(name);
  return rank === -1 ? ORDER.length : rank;
};
