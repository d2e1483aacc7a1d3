import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** The server says something every 15 seconds: a connection this silent is dead, milliseconds. */
const SILENT_MS = 45_000;

export interface Connection {
  /** Aborts when the caller's signal does, when nothing was heard for too long, and when it is closed. */
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly close: () => void;
}

/** A connection about to be made: its silence is measured from now on, also while it is not answered. */
export const openConnection = (signal?: AbortSignal): Connection => {
  const cut = new AbortController();
  const cutLater = () => setTimeout(() => cut.abort(), SILENT_MS);
  let silence = cutLater();
  return {
    signal: signal === undefined ? cut.signal : AbortSignal.any([signal, cut.signal]),
    heard: () => {
      clearTimeout(silence);
      silence = cutLater();
    },
    close: () => {
      clearTimeout(silence);
      cut.abort();
    },
  };
};

/** A text as it comes. Safari does not iterate over streams by itself. */
export async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}

/** The server-sent events of one connection, until it ends. */
export async function* messages(
  body: ReadableStream<Uint8Array>,
  { heard }: Connection,
  onRetry: (ms: number) => void,
): AsyncGenerator<EventSourceMessage, void, undefined> {
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => waiting.push(message), onRetry });
  for await (const piece of piecesOf(body)) {
    heard();
    parser.feed(piece);
    yield* waiting.splice(0);
  }
}
