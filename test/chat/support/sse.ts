/** A server-sent event as it came over the wire. */
export interface ReceivedEvent {
  readonly id: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

const FIELD = /^(id|event|data): (.*)$/;

const parse = (frame: string): ReceivedEvent | undefined => {
  const fields = new Map(
    frame
      .split('\n')
      .flatMap((line) =>
        [FIELD.exec(line)?.slice(1) as [string, string] | undefined].filter((field) => field !== undefined),
      ),
  );
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return {
    id: Number(fields.get('id')),
    type: fields.get('event') ?? '',
    data: JSON.parse(data) as ReceivedEvent['data'],
  };
};

export interface SseRequest {
  readonly method?: string;
  readonly token: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborting it is a client that goes away. */
  readonly signal?: AbortSignal;
}

/** Opens a stream. @returns the response; read it with {@link readEvents} */
export const openEvents = (
  { method = 'POST', token, body, headers, signal }: SseRequest,
  url: string,
): Promise<Response> =>
  fetch(url, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: 'text/event-stream',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });

/** Events as they arrive, until the stream ends. */
export async function* readEvents(response: Response): AsyncGenerator<ReceivedEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (event) yield event;
    }
  }
}

export const allEvents = (response: Response): Promise<ReceivedEvent[]> => Array.fromAsync(readEvents(response));
