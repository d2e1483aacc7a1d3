import { Readable } from 'node:stream';
import { type StreamingRead } from '@eventstore/db-client';
import { type Wait } from './in-time.js';

const OK = 0;

/** A read that ended before the server said that it was at its end: what came in until then is not all there is. */
export class CutOff extends Error {
  constructor() {
    super('the read was cut off');
  }
}

/**
 * What a read brings, all of it. The client ends the iteration in the same way whether the server came to the end or the
 * call was cancelled here, so what counts is the status the server gave the call. Throws CutOff, or the server's error.
 */
export const readToEnd = async <Resolved>(
  read: StreamingRead<Resolved>,
  { signOfLife, signal }: Wait,
): Promise<ReadonlyArray<Resolved>> => {
  let complete = false;
  read.on('pipe', (call: unknown) => {
    if (!(call instanceof Readable)) return;
    call.on('status', ({ code }: { readonly code: number }) => (complete = code === OK));
  });
  signal.addEventListener('abort', () => void read.cancel().catch(() => undefined), { once: true });
  const all: Resolved[] = [];
  for await (const resolved of read) {
    signOfLife();
    all.push(resolved);
  }
  if (!complete) throw new CutOff();
  return all;
};
