import { inTime } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { letGo, type Sockets, watchedSockets } from './sockets.js';

interface Client {
  readonly connect: () => Promise<void>;
  readonly disconnect: () => Promise<void>;
}

export interface HeldClient<C extends Client> {
  /** Within the call timeout; connects when needed, and starts afresh after a failure: leaders move. */
  readonly use: <A>(what: string, ask: (client: C) => Promise<A>) => Promise<A>;
  readonly close: () => Promise<void>;
}

/** One client for many calls, connected when first needed. */
export const heldClient = <C extends Client>(
  { callTimeoutMs }: KafkaSettings,
  open: (sockets: Sockets) => C,
): HeldClient<C> => {
  let connected: Promise<{ readonly client: C; readonly sockets: Sockets }> | null = null;

  const connect = async () => {
    const sockets = watchedSockets();
    const client = open(sockets);
    try {
      await client.connect();
      return { client, sockets };
    } catch (error) {
      sockets.end();
      throw error;
    }
  };
  const forget = (which: ReturnType<typeof connect>): Promise<void> => {
    if (connected === which) connected = null;
    return which.then(({ client, sockets }) => letGo(client, sockets)).catch(() => undefined);
  };

  return {
    use: async (what, ask) => {
      const using = (connected ??= connect());
      try {
        const answer = using.then(({ client }) => ask(client));
        return await inTime(answer, callTimeoutMs, what);
      } catch (error) {
        void forget(using);
        throw error;
      }
    },
    close: async () => {
      if (connected !== null) await forget(connected);
    },
  };
};

/** Connects a client, asks it once, and lets it go. Rejects when that fails or takes longer than `withinMs`. */
export const askOnce = async <C extends Client, A>(
  open: (sockets: Sockets) => C,
  withinMs: number,
  what: string,
  ask: (client: C) => Promise<A>,
): Promise<A> => {
  const sockets = watchedSockets();
  const client = open(sockets);
  try {
    const answer = client.connect().then(() => ask(client));
    return await inTime(answer, withinMs, what);
  } finally {
    await letGo(client, sockets, withinMs);
  }
};
