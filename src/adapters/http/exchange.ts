import { type either as E } from 'fp-ts';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import {
  always,
  anonymous,
  type Caller,
  type InvalidCredential,
  type Validity,
} from '../../application/ports/identity.js';
import { preferredLanguage } from './language.js';
import { type Language } from './messages.js';
import { type Refusal } from './problems.js';
import { readBody } from './read-body.js';

/** One request and its answer to be. What costs time is worked out when it is asked for, once. */
export class Exchange {
  #language: Language | undefined;
  #body: Promise<E.Either<Refusal, Buffer>> | undefined;
  /** An id that is the same for every repetition with its Idempotency-Key; undefined where there is no key. */
  repeatableId: string | undefined;
  /** Who it comes from, as a key to count by; undefined before somebody asked. */
  address: string | undefined;
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
