import { publishRunningEnvironment, withdrawRunningEnvironment, type Environment } from '#libs/config';

import { DataDirectory } from '../data-directory/data-directory';
import type { LaunchError } from '../launch.error';
import type { LaunchText } from '../launch-text';
import { waitUntil } from '../processes/wait-until';
import type { LoadApplication, RunningApplication, StartApplication } from './application';
import { applicationEnvironment } from './application-environment';
import type { Welcome } from './banner';
import { checkPort } from './check-port';
import { FirstSuperuser } from './first-superuser';
import { given } from './given';
import { LocalServers } from './local-servers';

/** Longest wait for requests and jobs under way; what is not done then is taken up by the next start. */
const APPLICATION_STOP_SECONDS = 20;
/** Loading code blocks this process: the servers get that long to be launched first. */
const LAUNCH_SECONDS = 0.3;

/** One running appliance: servers, application, and their orderly end. */
export class LocalInstance {
  private readonly resources = new AsyncDisposableStack();
  private data: DataDirectory | undefined;
  private servers: LocalServers | undefined;
  private superuser: FirstSuperuser | undefined;

  constructor(
    private readonly env: Environment,
    private readonly say: (text: LaunchText) => void,
    private readonly load: LoadApplication,
  ) {}

  /**
   * Starts everything and waits until the application answers.
   * @throws LaunchError or a DomainError when something the owner can mend stands in the way.
   */
  async start(): Promise<Welcome> {
    const begun = performance.now();
    const data = await this.claimData();
    await checkPort(this.env);
    const superuser = new FirstSuperuser(this.env, data);
    this.superuser = superuser;
    const { url, superuser: found } = await this.startApplication(data, superuser);
    const account = superuser.account(found.email, found.created);
    return { url: reachableUrl(url), dataDirectory: data.path, seconds: secondsSince(begun), account };
  }

  /** The banner has been read, or at least printed. */
  introduced(): void {
    this.superuser?.introduced();
  }

  /** Resolves when a server ends by itself. Call after {@link start}. */
  async failure(): Promise<LaunchError> {
    return this.servers?.failure() ?? new Promise(() => undefined);
  }

  /** Application, Chroma, PostgreSQL, data directory: the reverse of their start. Safe while starting. */
  async stop(): Promise<void> {
    this.data?.announceEnd();
    await this.resources.disposeAsync();
  }

  private async claimData(): Promise<DataDirectory> {
    const data = await DataDirectory.claim(given(this.env.DATA_DIR) ?? './data');
    this.resources.defer(() => data.release());
    this.data = data;
    return data;
  }

  private async startApplication(data: DataDirectory, { credentials }: FirstSuperuser): Promise<RunningApplication> {
    const servers = new LocalServers(this.env, data);
    this.servers = servers;
    this.resources.defer(async () => servers.stop());
    const first = data.marker.cluster === undefined;
    const [urls, start] = await Promise.all([servers.start(), this.loadWhile(servers)]);
    if (first) this.tellWhereDataIs(data);
    const env = applicationEnvironment(this.env, data, urls);
    const application = await start(env, credentials);
    this.resources.defer(async () => closeBounded(application));
    publishRunningEnvironment(data.path, env);
    this.resources.defer(() => withdrawRunningEnvironment(data.path));
    if (!data.marker.documented) await this.document(data, application);
    return application;
  }

  private async document(data: DataDirectory, application: RunningApplication): Promise<void> {
    await application.ingestDocumentation();
    data.record({ documented: true });
  }

  private async loadWhile(servers: LocalServers): Promise<StartApplication> {
    await waitUntil(() => servers.launched, LAUNCH_SECONDS);
    return this.load();
  }

  private tellWhereDataIs({ path, marker: { cluster } }: DataDirectory): void {
    if (!cluster?.startsWith('/')) return;
    this.say({
      fr: `La base de données est dans ${cluster}, car le compte de PostgreSQL ne peut pas entrer dans ${path}.`,
      en: `The database is in ${cluster}, since PostgreSQL's account cannot enter ${path}.`,
    });
  }
}

const secondsSince = (begun: number): number => (performance.now() - begun) / 1_000;

const closeBounded = async (application: RunningApplication): Promise<void> => {
  let closed = false;
  const closing = application.close().then(() => (closed = true));
  await Promise.race([closing, waitUntil(() => closed, APPLICATION_STOP_SECONDS)]);
};

/** "Every interface" is no address one can open. */
const reachableUrl = (url: string): string => {
  const { protocol, hostname, port } = new URL(url);
  const host = ['0.0.0.0', '[::]', '[::1]', 'localhost'].includes(hostname) ? '127.0.0.1' : hostname;
  return `${protocol}//${host}:${port}`;
};
