import { either as E } from 'fp-ts';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import {
  always,
  anonymous,
  type Caller,
  type InvalidCredential,
  type Validity,
} from '../../application/ports/identity.js';
import { readTraceparent } from '../../application/kernel/tracing/in-span.js';
import { type Language, preferredLanguage } from './language.js';
import { type Refusal } from './problems.js';

/** Bytes. */
export const BODY_LIMIT = 64 * 1024;
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
const readBody = (req: IncomingMessage): Promise<E.Either<Refusal, Buffer>> =>
  new Promise((resolve) => {
    // A stream that has been closed emits nothing any more.
    if (req.destroyed) return resolve(gone);
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

/** One request and its answer to be. What costs time is worked out when it is asked for, once. */
export class Exchange {
  #language: Language | undefined;
  #body: Promise<E.Either<Refusal, Buffer>> | undefined;
  /** An id that is the same for every repetition with its Idempotency-Key; undefined where there is no key. */
  repeatableId: string | undefined;
  /** Who it comes from, as a key to count by; undefined before somebody asked. */
  address: string | undefined;
  /** The trace context of this server's span for it; undefined where requests are not traced. */
  span: string | undefined;
  /** Who asks; nobody is known before the route has found out. */
  caller: Caller = anonymous;
  /** The credential was valid once, so it was not guessed. */
  isExpired = false;
  /** Why the credential names nobody; undefined where it names somebody, and where there is none. */
  invalid: InvalidCredential | undefined;
  /** How long the credential of the caller is valid. */
  validity: Validity = always;

  constructor(
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
    readonly requestId: string,
  ) {}

  get language(): Language {
    return (this.#language ??= preferredLanguage(this.req.headers['accept-language']));
  }

  /** All of the body, empty when there is none. */
  get body(): Promise<E.Either<Refusal, Buffer>> {
    return (this.#body ??= readBody(this.req));
  }

  /** The value of a header that stands there once. */
  header(name: string): string | undefined {
    const value = this.req.headers[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** What leads to something further on is traced by: this server's span, or what a caller who traces sent. */
  get traceparent(): string | undefined {
    if (this.span !== undefined) return this.span;
    const sent = this.header('traceparent');
    return readTraceparent(sent) === undefined ? undefined : sent;
  }

  /** Its sender has left: neither `req` nor `res` will emit `close` any more. */
  get isGone(): boolean {
    return this.req.socket.destroyed;
  }

  /**
   * Requests that came before it on its connection are not answered yet. Until they are, it has no socket to write to, and
   * `res` does not emit `close` when the client leaves.
   */
  get isBehindOthers(): boolean {
    return this.res.socket === null;
  }

  /** It changes nothing. */
  get isRead(): boolean {
    return this.req.method === 'GET' || this.req.method === 'HEAD';
  }

  get hasBody(): boolean {
    return this.bodyBytes > 0;
  }

  /** What the body says of its size; Infinity where it comes in chunks, and says nothing. */
  get bodyBytes(): number {
    const { 'content-length': length, 'transfer-encoding': encoding } = this.req.headers;
    return encoding === undefined ? Number(length ?? 0) : Infinity;
  }

  /** The path and query as they came. */
  get target(): string {
    return this.req.url ?? '/';
  }
}

/** What Koa carries along for us. */
export interface HttpState {
  exchange: Exchange;
}
