import { either as E } from 'fp-ts';
import { type IncomingMessage } from 'node:http';
import { type Refusal } from './problems.js';

const BODY_LIMIT = 64 * 1024;
/** Up to here what is too large is read and thrown away, so that the client hears the answer before it is cut off. */
const DISCARD_LIMIT = 8 * 1024 * 1024;

const tooLarge: E.Either<Refusal, Buffer> = E.left({ code: 'PAYLOAD_TOO_LARGE' });
const farTooLarge: E.Either<Refusal, Buffer> = E.left({
  code: 'PAYLOAD_TOO_LARGE',
  headers: { Connection: 'close' },
});
/** Nobody is there any more to read this. */
const gone: E.Either<Refusal, Buffer> = E.left({ code: 'REQUEST_TIMEOUT' });

const all = (chunks: ReadonlyArray<Buffer>): Buffer => {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
};

/** All of a body of at most 64 KiB; never holds more than that in memory. */
export const readBody = (req: IncomingMessage): Promise<E.Either<Refusal, Buffer>> =>
  new Promise((resolve) => {
    if (Number(req.headers['content-length'] ?? 0) > DISCARD_LIMIT) return resolve(farTooLarge);
    let chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else {
        chunks = [];
        if (size > DISCARD_LIMIT) resolve(farTooLarge);
      }
    });
    req.on('end', () => resolve(size > BODY_LIMIT ? tooLarge : E.right(all(chunks))));
    req.on('error', () => resolve(gone));
    req.on('close', () => resolve(gone));
  });
