import { type EventStoreDBClient } from '@eventstore/db-client';
import { type ClosableClient } from './closable-client.js';
import { CLOSE_WITHIN_MS, inTime } from './in-time.js';

/** A client that never answered is given so long before the next one is tried. */
const PATIENCE_MS = 15_000;
/** No call lasts so long; a subscription that does is taken up again on the client in use. */
const OVER_AFTER_MS = 60_000;

interface Supplied {
  readonly client: ClosableClient;
  readonly since: number;
  /** When it last answered anything, by the monotonic clock. */
  answeredAt: number;
}

/**
 * The client in use. It connects again by itself; only one whose connection fell silent, so that every later call would hang
 * as well, is followed by another. Calls and subscriptions under way on the one before are left alone: they are answered, or end with
 * their own timeouts. Closing a client ends all its calls, so that waits for the end; one that never answered has none to lose.
 */
export class ClientSupply {
  private supplied: Supplied | null = null;
  private readonly all = new Set<ClosableClient>();
  private created = 0;
  private closed = false;

  constructor(private readonly create: (generation: number) => ClosableClient) {}

  current(): ClosableClient {
    if (this.closed) throw new Error('the event store is closed');
    if (this.supplied === null) {
      const client = this.create(this.created++);
      this.all.add(client);
      this.supplied = { client, since: performance.now(), answeredAt: -Infinity };
    }
    return this.supplied.client;
  }

  answered(client: EventStoreDBClient): void {
    if (this.supplied?.client === client) this.supplied.answeredAt = performance.now();
  }

  /**
   * A call that began at `since` was not answered. False if that call alone was slow: something else was answered after it.
   * True: nothing was, and the next call may get another client.
   */
  silent(client: EventStoreDBClient, since: number): boolean {
    const { supplied } = this;
    if (supplied === null || supplied.client !== client) return true;
    if (supplied.answeredAt > since) return false;
    const everAnswered = supplied.answeredAt > -Infinity;
    if (!everAnswered && performance.now() - supplied.since <= PATIENCE_MS) return true;
    this.supplied = null;
    if (everAnswered) setTimeout(() => this.letGo(supplied.client), OVER_AFTER_MS).unref();
    else this.letGo(supplied.client);
    return true;
  }

  private letGo(client: ClosableClient): void {
    if (this.all.delete(client)) void client.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    // Closing waits for calls that may never end.
    const closing = Promise.all([...this.all].map((client) => client.close()));
    await inTime(CLOSE_WITHIN_MS, () => closing).catch(() => undefined);
  }
}
