import { type Answer, type Streamed, type Written } from './answer.js';
import { type Exchange } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';

const NDJSON = 'application/x-ndjson; charset=utf-8';

const head = ({ requestId }: Exchange, { draining }: Lifecycle): Record<string, string> =>
  draining ? { 'X-Request-Id': requestId, Connection: 'close' } : { 'X-Request-Id': requestId };

const write = (exchange: Exchange, { status, headers, body }: Written, lifecycle: Lifecycle): void => {
  const { req, res } = exchange;
  if (res.headersSent || res.destroyed) return;
  const length = String(Buffer.byteLength(body));
  // 204 has no body, so no length of it either (RFC 9110).
  const sized = status === 204 ? headers : { ...headers, 'Content-Length': length };
  res.writeHead(status, { ...sized, ...head(exchange, lifecycle) });
  res.end(req.method === 'HEAD' ? undefined : body);
};

const stream = async (exchange: Exchange, { run }: Streamed, lifecycle: Lifecycle): Promise<void> => {
  const { res } = exchange;
  const line = (content: object): void => {
    if (res.destroyed) return;
    if (!res.headersSent) res.writeHead(200, { 'Content-Type': NDJSON, ...head(exchange, lifecycle) });
    res.write(`${JSON.stringify(content)}\n`);
  };
  const ended = await run((progress) => {
    // Of progress the newest counts: a reader too slow for all of it gets less of it.
    if (!res.writableNeedDrain) line(progress);
  });
  if ('lastLine' in ended) line(ended.lastLine);
  else if (res.headersSent) line({ error: JSON.parse(ended.body) });
  else return write(exchange, ended, lifecycle);
  res.end();
};

/** Puts an answer on the wire; whoever has left gets nothing. */
export const send = async (exchange: Exchange, answer: Answer, lifecycle: Lifecycle): Promise<void> => {
  if ('taken' in answer) return;
  return 'run' in answer ? stream(exchange, answer, lifecycle) : write(exchange, answer, lifecycle);
};
