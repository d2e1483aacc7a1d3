import { type Credentials } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type AppendError } from '../../application/ports/event-store.js';
import { ClientSupply } from './client-supply.js';
import { type ClosableClient } from './closable-client.js';
import { type ConnectionString, parseConnectionString } from './connection-string.js';
import { createClient } from './create-client.js';
import { isAnswer, isGivenUp, isUnreachable } from './failures.js';
import { inTime, NoAnswer, type Wait } from './in-time.js';
import { defaultOptions, type EventStoreDbOptions, type News } from './options.js';
import { CutOff } from './read-to-end.js';

/** Tells once when the server cannot be reached any more and once when it answers again, however many calls fail in between. */
class Outage {
  private beganAt: number | null = null;
  private failedAt = -Infinity;

  constructor(private readonly tell: (news: News) => void) {}

  failed(error: unknown): void {
    this.failedAt = performance.now();
    if (this.beganAt !== null) return;
    this.beganAt = this.failedAt;
    this.tell({ level: 'warn', what: 'the event store cannot be reached', error });
  }

  /** A call that began at `since`, by the monotonic clock. What was answered to an earlier one says nothing of now. */
  answered(since: number): void {
    if (this.beganAt === null || since < this.failedAt) return;
    const seconds = Math.round((performance.now() - this.beganAt) / 1_000);
    this.beganAt = null;
    this.tell({ level: 'info', what: `the event store answers again, after ${seconds} s` });
  }
}

const EVERY_MS = 60_000;

/** Tells what happens often once a minute, with how many times since. */
class Often {
  private readonly kinds = new Map<string, { toldAt: number; untold: number }>();

  constructor(private readonly onNews: (news: News) => void) {}

  tell(news: News): void {
    const now = performance.now();
    const kind = this.kinds.get(news.what) ?? { toldAt: -Infinity, untold: 0 };
    this.kinds.set(news.what, kind);
    kind.untold += 1;
    if (now - kind.toldAt < EVERY_MS) return;
    this.onNews({ ...news, times: kind.untold });
    kind.toldAt = now;
    kind.untold = 0;
  }
}

/** A server without TLS takes any. */
const ANY: Credentials = { username: 'admin', password: 'changeit' };

/** The calls to one server or cluster, each with its own timeout. */
export class Connection {
  readonly options: Required<EventStoreDbOptions>;
  /** Given with a call of the client's own, they keep it from its batch append: append-stream.ts says why. */
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
    call: (client: ClosableClient, wait: Wait) => Promise<A>,
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

  private answered(client: ClosableClient, since: number): void {
    this.clients.answered(client);
    this.outage.answered(since);
  }

  private failed(client: ClosableClient, since: number, error: unknown): void {
    if (error instanceof CutOff || isGivenUp(error)) return;
    if (error instanceof NoAnswer) {
      if (this.clients.silent(client, since)) this.outage.failed(error);
    } else if (isUnreachable(error)) this.outage.failed(error);
    else {
      this.answered(client, since);
      if (!isAnswer(error)) this.often.tell({ level: 'warn', what: 'a call to the event store failed', error });
    }
  }
}
