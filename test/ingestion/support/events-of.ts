export interface SentEvent<Data> {
  readonly id: string;
  readonly event: string;
  readonly data: Data;
}

/** The server-sent events of a stream that has ended, heartbeats left out. */
export const eventsOf = <Data = Record<string, unknown>>(stream: string): SentEvent<Data>[] =>
  stream
    .split('\n\n')
    .filter((block) => block.startsWith('id:'))
    .map((block) => {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))) as {
        readonly id: string;
        readonly event: string;
        readonly data: string;
      };
      return { ...fields, data: JSON.parse(fields.data) as Data };
    });
