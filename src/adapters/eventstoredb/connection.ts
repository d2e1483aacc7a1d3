import { type Credentials, type EventStoreDBClient } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type AppendError } from '../../application/ports/event-store.js';
import { ClientSupply } from './client-supply.js';
import { credentialsOf } from './credentials.js';
import { inTime, NoAnswer } from './in-time.js';
import { defaultOptions, type EventStoreDbOptions } from './options.js';

/** gRPC: nobody there, or the connection broke. */
const UNAVAILABLE = 14;

const isBroken = (error: unknown): boolean =>
  error instanceof NoAnswer ||
  (typeof error === 'object' && error !== null && 'code' in error && error.code === UNAVAILABLE);

/** The calls to one server: each with its own timeout, and a fresh client after one that broke. */
export class Connection {
  readonly options: Required<EventStoreDbOptions>;
  readonly credentials: Credentials;
  readonly clients: ClientSupply;
  private inFlightBytes = 0;

  constructor(options: EventStoreDbOptions) {
    this.options = { ...defaultOptions, ...options };
    this.credentials = credentialsOf(options.connectionString);
    this.clients = new ClientSupply(options.connectionString);
  }

  /** The call's answer or its error; never throws, never hangs. */
  async attempt<A>(call: (client: EventStoreDBClient) => Promise<A>): Promise<E.Either<unknown, A>> {
    try {
      const client = this.clients.current();
      try {
        return E.right(await inTime(this.options.timeoutMs, call(client)));
      } catch (error) {
        if (isBroken(error)) {
          this.clients.discard(client);
          this.options.onTrouble({ what: 'client thrown away', error });
        }
        return E.left(error);
      }
    } catch (error) {
      return E.left(error);
    }
  }

  /** Refuses what would let the appends in flight grow beyond their bound. */
  async bounded<A>(bytes: number, work: () => Promise<E.Either<AppendError, A>>): Promise<E.Either<AppendError, A>> {
    if (this.inFlightBytes + bytes > this.options.maxInFlightBytes) return E.left('EventStoreUnavailable');
    this.inFlightBytes += bytes;
    try {
      return await work();
    } finally {
      this.inFlightBytes -= bytes;
    }
  }
}
