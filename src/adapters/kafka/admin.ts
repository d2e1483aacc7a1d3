import { type Admin } from 'kafkajs';
import { kafkaClient } from './client.js';
import { inTime, sleep } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { letGo, type Sockets, watchedSockets } from './sockets.js';

export interface AdminCalls {
  /** Within the call timeout; connects when needed, and starts afresh after a failure. */
  readonly call: <A>(what: string, ask: (admin: Admin) => Promise<A>) => Promise<A>;
  readonly close: () => Promise<void>;
}

/** A coordinator that is being found, loaded or moved; a young broker has none yet. Not all calls of the library repeat then. */
const PASSING: ReadonlySet<unknown> = new Set([
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
]);

const isPassing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'type' in error && PASSING.has(error.type);

const askPatiently = async <A>(ask: () => Promise<A>, until: number): Promise<A> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || performance.now() >= until) throw error;
      await sleep(50);
    }
  }
};

interface Connected {
  readonly admin: Admin;
  readonly sockets: Sockets;
}

/** One connection for administration, made when first needed. */
export const adminCalls = (settings: KafkaSettings): AdminCalls => {
  let connected: Promise<Connected> | null = null;

  const connect = async (): Promise<Connected> => {
    const sockets = watchedSockets();
    const admin = kafkaClient(settings, 6, sockets).admin();
    try {
      await admin.connect();
      return { admin, sockets };
    } catch (error) {
      sockets.end();
      throw error;
    }
  };
  const forget = (which: Promise<Connected>) => {
    if (connected === which) connected = null;
    return which.then(({ admin, sockets }) => letGo(admin, sockets)).catch(() => undefined);
  };

  return {
    call: async (what, ask) => {
      const using = (connected ??= connect());
      try {
        const until = performance.now() + settings.callTimeoutMs;
        const answer = using.then(({ admin }) => askPatiently(() => ask(admin), until));
        return await inTime(answer, settings.callTimeoutMs, what);
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
