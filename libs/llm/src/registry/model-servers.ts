import { Injectable } from '@nestjs/common';
import { LlmConfig } from '#libs/config';
import type { ModelServer } from '../adapters/model-server';
import { OllamaServer } from '../adapters/ollama-server';
import { OpenAiServer } from '../adapters/openai-server';

/** The model servers this installation is set up for. */
@Injectable()
export class ModelServers {
  readonly ollama: OllamaServer;
  /** Undefined when `OPENAI_BASE_URL` names none. */
  readonly openai: OpenAiServer | undefined;

  constructor(config: LlmConfig) {
    const { ollamaUrl, openaiBaseUrl, openaiApiKey, ollamaConnectTimeoutMs: connectTimeoutMs } = config;
    this.ollama = new OllamaServer(ollamaUrl, connectTimeoutMs);
    this.openai = openaiBaseUrl
      ? new OpenAiServer({ baseUrl: openaiBaseUrl, apiKey: openaiApiKey, connectTimeoutMs })
      : undefined;
  }

  /** @param provider as in `provider:model`; undefined for one without a server */
  of(provider: string): ModelServer | undefined {
    if (provider === 'ollama') return this.ollama;
    return provider === 'openai' ? this.openai : undefined;
  }
}
