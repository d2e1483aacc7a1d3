import { EventStoreDBClient } from '@eventstore/db-client';
import { inTime } from './in-time.js';

const CLOSE_WITHIN_MS = 1_000;
/** The client asks a quiet connection for a sign of life every 10 s: a subscription on one that went silent resumes within 15 s. */
const SIGN_OF_LIFE_WITHIN_MS = 5_000;

/** Unless the operator wants it otherwise. */
const withKeepAlive = (connectionString: string): string => {
  if (/[?&]keepAliveTimeout=/i.test(connectionString)) return connectionString;
  return `${connectionString}${connectionString.includes('?') ? '&' : '?'}keepAliveTimeout=${SIGN_OF_LIFE_WITHIN_MS}`;
};

/**
 * The client in use, and a new one after it failed. A client whose call timed out may hold a half-closed connection on
 * which every later call hangs as well: it is thrown away, calls under way on it are left to their own timeouts.
 */
export class ClientSupply {
  private client: EventStoreDBClient | null = null;
  private closed = false;

  constructor(private readonly connectionString: string) {}

  current(): EventStoreDBClient {
    if (this.closed) throw new Error('the event store is closed');
    this.client ??= EventStoreDBClient.connectionString(withKeepAlive(this.connectionString));
    return this.client;
  }

  /** Does nothing if another caller was faster. */
  discard(client: EventStoreDBClient): void {
    if (this.client !== client) return;
    this.client = null;
    void client.dispose().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    // Disposing waits for calls that may never end.
    if (this.client !== null) await inTime(CLOSE_WITHIN_MS, this.client.dispose()).catch(() => undefined);
  }
}
