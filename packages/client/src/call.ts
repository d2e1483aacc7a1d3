import { type Client } from 'openapi-fetch';
import { type paths } from './api.js';

/** Every operation of the server, typed. What some of them also tell as lines of NDJSON or as CSV is asked for by its `Accept`. */
export type Api = Client<paths, 'application/json' | 'application/problem+json'>;

/**
 * A request as openapi-fetch makes it, with its body as it was written and the caller's own signal. The platform's body is
 * a stream, which is sent once only, and a signal that it follows costs the more the more calls follow the same one.
 */
export class Call extends Request {
  readonly written: string | undefined;
  readonly leaving: AbortSignal | undefined;

  constructor(...[address, { body, signal, ...init } = {}]: ConstructorParameters<typeof Request>) {
    super(address, init);
    this.written = typeof body === 'string' ? body : undefined;
    this.leaving = signal ?? undefined;
    // Of every POST, also of one without a body: a form on another site cannot say so.
    if (this.method === 'POST') this.headers.set('content-type', 'application/json');
  }
}
