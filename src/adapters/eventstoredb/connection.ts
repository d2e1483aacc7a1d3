import { type Credentials, type EventStoreDBClient } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type AppendError } from '../../application/ports/event-store.js';
import { ClientSupply } from './client-supply.js';
import { type ConnectionString, parseConnectionString } from './connection-string.js';
import { createClient } from './create-client.js';
import { isGivenUp, isUnreachable } from './failures.js';
import { inTime, NoAnswer, type Wait } from './in-time.js';
import { defaultOptions, type EventStoreDbOptions } from './options.js';
import { Often } from './often.js';
import { Outage } from './outage.js';
import { CutOff } from './read-to-end.js';
import { UnsafePosition } from './record.js';

/** A server without TLS takes any. */
const ANY: Credentials = { username: 'admin', password: 'changeit' };

/** The calls to one server or cluster, each with its own timeout. */
export class Connection {
  readonly options: Required<EventStoreDbOptions>;
  /**
   * Given with every append, they select the plain Append call: the batch call keeps all appends of a process in one table,
   * where one stream error fails them all.
   */
  readonly asUser: { readonly credentials?: Credentials };
  readonly clients: ClientSupply;
  readonly outage: Outage;
  /** For what happens often. */
  readonly often: Often;
  readonly to: ConnectionString;
  private inFlightBytes = 0;

  /** Throws on a connection string that cannot be read. */
  constructor(options: EventStoreDbOptions) {
    this.options = { ...defaultOptions, ...options };
    const to = parseConnectionString(options.connectionString);
    if (E.isLeft(to)) throw new Error(to.left);
    this.to = to.right;
    const credentials = this.to.credentials ?? (this.to.tls ? undefined : ANY);
    this.asUser = credentials === undefined ? {} : { credentials };
    this.clients = new ClientSupply((generation) => createClient(to.right, generation));
    this.outage = new Outage(this.options.onNews);
    this.often = new Often(this.options.onNews);
  }

  /** The call's answer or its error, after `ms` at the latest unless more and more comes in; never throws, never hangs. */
  async attempt<A>(
    call: (client: EventStoreDBClient, wait: Wait) => Promise<A>,
    ms = this.options.timeoutMs,
  ): Promise<E.Either<unknown, A>> {
    const since = performance.now();
    try {
      const client = this.clients.current();
      try {
        const answer = await inTime(ms, (wait) => call(client, wait));
        this.answered(client, since);
        return E.right(answer);
      } catch (error) {
        this.failed(client, since, error);
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

  private answered(client: EventStoreDBClient, since: number): void {
    this.clients.answered(client);
    this.outage.answered(since);
  }

  private failed(client: EventStoreDBClient, since: number, error: unknown): void {
    if (error instanceof CutOff || isGivenUp(error)) return;
    if (error instanceof UnsafePosition) this.often.tell({ level: 'warn', what: 'a position is out of range', error });
    if (error instanceof NoAnswer) {
      if (this.clients.silent(client, since)) this.outage.failed(error);
    } else if (isUnreachable(error)) this.outage.failed(error);
    else this.answered(client, since);
  }
}
