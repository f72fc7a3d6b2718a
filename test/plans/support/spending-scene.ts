import { UnitOfWork } from '#libs/database';
import { addHandbook } from '#test/chat/support/handbook';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer } from '#test/support/ollama-server';

/** What the model server says of each answer it gives. */
export const PROMPT_TOKENS = 100;
/** Ten words. */
const ANSWER = 'Les congés annuels sont de trente jours ouvrables par an.';
export const COMPLETION_TOKENS = 10;

/** An answer that costs one of the currency: half for what is sent, half for what comes back. */
const ONE_PER_ANSWER = {
  promptPerMillion: 0.5 * (1_000_000 / PROMPT_TOKENS),
  completionPerMillion: 0.5 * (1_000_000 / COMPLETION_TOKENS),
};

/** An organization whose answers come from a model that has a price. */
export class SpendingScene {
  private constructor(
    readonly api: TestApi,
    readonly ollama: OllamaProtocolServer,
    readonly superuser: TestUser,
  ) {}

  static async start(): Promise<SpendingScene> {
    const ollama = await OllamaProtocolServer.start({ answer: ANSWER, msPerToken: 20 });
    const api = await TestApi.start({ OLLAMA_URL: ollama.url, LLM_PROVIDER: 'ollama', TRUST_PROXY: '1' });
    const superuser = await api.createUser('superuser', await api.createOrganization('Plateforme'));
    return new SpendingScene(api, ollama, superuser);
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.ollama.stop();
  }

  /** Somebody in an organization of his own, with something to ask about. */
  async createReader(): Promise<TestUser> {
    const user = await this.api.createUser('user', await this.api.createOrganization());
    await addHandbook(this.api, user);
    return user;
  }

  /** Makes each answer cost one. @returns the id of the price */
  async price(price: object = ONE_PER_ANSWER): Promise<string> {
    const body = { provider: 'ollama', model: 'mistral', ...price };
    const made = await this.api.http(this.superuser).post('/admin/model-prices').send(body).expect(201);
    return (made.body as { id: string }).id;
  }

  ask(user: TestUser) {
    return this.api.http(user).post('/chat').send({ message: 'Combien de jours de congés annuels par an ?' });
  }

  sql<Row extends object>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.api.app.get(UnitOfWork).query<Row>(statement, parameters);
  }
}
