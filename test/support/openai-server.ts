import type { ServerResponse } from 'node:http';

import { OllamaProtocolServer, sendJson, type OllamaMessage, type OllamaServerOptions } from './ollama-server';

/**
 * A real HTTP server that speaks OpenAI's protocol as vLLM does (https://platform.openai.com/docs/api-reference/chat-streaming)
 * and can be slow, broken or hostile in the ways of {@link OllamaProtocolServer}; it speaks that one's protocol, too.
 */
export class OpenAiProtocolServer extends OllamaProtocolServer {
  /** When set, requests without it as bearer are refused. */
  apiKey: string | undefined;
  /** Whether `/v1/models` tells the window of the models. */
  tellsWindow = true;

  static override async start(options: OllamaServerOptions = {}): Promise<OpenAiProtocolServer> {
    return new OpenAiProtocolServer(options).listen();
  }

  get baseUrl(): string {
    return `${this.url}/v1`;
  }

  protected override async answer(
    path: string,
    body: Record<string, unknown>,
    response: ServerResponse,
  ): Promise<void> {
    const { authorization } = response.req.headers;
    if (!path.startsWith('/v1/')) await super.answer(path, body, response);
    else if (this.apiKey !== undefined && authorization !== `Bearer ${this.apiKey}`)
      sendJson(response, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }, 401);
    else if (path === '/v1/models')
      sendJson(response, { object: 'list', data: this.models.map((id) => this.card(id)) });
    else if (path === '/v1/embeddings') this.embeddings(body, response);
    else if (path === '/v1/chat/completions') await this.completions(body, response);
    else sendJson(response, { error: { message: 'not found' } }, 404);
  }

  private card(id: string): object {
    return {
      id,
      object: 'model',
      created: 0,
      owned_by: 'test',
      ...(this.tellsWindow && { max_model_len: this.window }),
    };
  }

  private embeddings(body: Record<string, unknown>, response: ServerResponse): void {
    if (this.misbehaves(body, response)) return;
    const vectors = this.vectors([body.input].flat().map(String));
    // Out of order, as a server that batches may answer.
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse();
    this.sendVectors(JSON.stringify({ object: 'list', model: body.model, data }), response);
  }

  private async completions(body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    if (this.misbehaves(body, response)) return;
    const tokens = this.tokens((body.messages ?? []) as OllamaMessage[]);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.part(response, { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] });
    for (const [at, content] of tokens.entries()) {
      if (at >= tokens.length / 2 && this.cuts(response)) return;
      await this.pause();
      if (response.destroyed) return;
      this.part(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    }
    this.part(response, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    const usage = { prompt_tokens: 100, completion_tokens: tokens.length, total_tokens: 100 + tokens.length };
    if (body.stream_options) this.part(response, { choices: [], usage });
    response.end('data: [DONE]\n\n');
  }

  /** True when the answer ends here, in the middle. */
  private cuts(response: ServerResponse): boolean {
    if (this.mode === 'drop') setImmediate(() => response.destroy());
    else if (this.mode === 'truncate') response.end('data: {"choices":[{"delta":{"cont');
    else if (this.mode === 'error-line') response.end('data: {"error":{"message":"CUDA out of memory"}}\n\n');
    else return this.mode === 'stall';
    return true;
  }

  private part(response: ServerResponse, value: object): void {
    response.write(`data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', ...value })}\n\n`);
  }
}
