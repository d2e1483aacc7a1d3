import { type Answer, type FileAnswer, type Streamed, type Written } from './answer.js';
import { type Exchange } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';

const NDJSON = 'application/x-ndjson; charset=utf-8';

const head = ({ requestId }: Exchange, { draining }: Lifecycle): Record<string, string> =>
  draining ? { 'X-Request-Id': requestId, Connection: 'close' } : { 'X-Request-Id': requestId };

/** A client that reads nothing for this long is disconnected. In a long call its progress is sent again three times in this time. Milliseconds. */
const MOST_STALLED_MS = 60_000;

/** How answers leave. */
interface Sending {
  readonly lifecycle: Lifecycle;
  readonly mostStalledMs: number;
}

/** Sends the last of an answer. Whatever the client does not take at once is kept for it, but not for ever. */
const end = ({ res }: Exchange, last: string | Buffer | undefined, { mostStalledMs }: Sending): void => {
  res.end(last);
  if (!res.writableFinished) res.setTimeout(mostStalledMs, () => res.destroy());
};

const write = (exchange: Exchange, answer: Written | FileAnswer, sending: Sending): void => {
  const { req, res } = exchange;
  if (res.headersSent || res.destroyed) return;
  const { status, headers } = answer;
  const body = 'bytes' in answer ? answer.bytes : answer.body;
  const length = String(Buffer.byteLength(body));
  const isHead = req.method === 'HEAD';
  // 204 has no body, so no length of it either (RFC 9110); nor has the HEAD of a stream, whose length nobody knows.
  const sized = status === 204 || (isHead && length === '0') ? headers : { ...headers, 'Content-Length': length };
  res.writeHead(status, { ...sized, ...head(exchange, sending.lifecycle) });
  end(exchange, isHead ? undefined : body, sending);
};

const stream = async (exchange: Exchange, { run }: Streamed, sending: Sending): Promise<void> => {
  const { res } = exchange;
  const line = (content: object): void => {
    if (res.destroyed) return;
    if (!res.headersSent) res.writeHead(200, { 'Content-Type': NDJSON, ...head(exchange, sending.lifecycle) });
    res.write(`${JSON.stringify(content)}\n`);
  };
  let repeating: NodeJS.Timeout | undefined;
  // Only the newest progress counts, so a slow reader is sent less of it. It is repeated, because a silent connection is taken for dead.
  const tell = (progress: object): void => {
    clearTimeout(repeating);
    repeating = setTimeout(tell, sending.mostStalledMs / 3, progress);
    if (!res.writableNeedDrain) line(progress);
  };
  const ended = await run(tell).finally(() => clearTimeout(repeating));
  if ('lastLine' in ended) line(ended.lastLine);
  else if (res.headersSent) line({ error: JSON.parse(ended.body) });
  else return write(exchange, ended, sending);
  end(exchange, undefined, sending);
};

/** Puts an answer on the wire. A client that has left gets nothing, and one that does not read it is cut off. */
export const send = async (
  exchange: Exchange,
  answer: Answer,
  lifecycle: Lifecycle,
  mostStalledMs = MOST_STALLED_MS,
): Promise<void> => {
  if ('taken' in answer) return;
  const sending = { lifecycle, mostStalledMs };
  return 'run' in answer ? stream(exchange, answer, sending) : write(exchange, answer, sending);
};
