import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin } from 'kafkajs';
import { kafkaClient } from './client.js';
import { heldClient } from './held-client.js';
import { type KafkaSettings } from './options.js';

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

/** One connection for administration, made when first needed. */
export const adminCalls = (settings: KafkaSettings): AdminCalls => {
  const { use, close } = heldClient(settings, (sockets) => kafkaClient(settings, 6, sockets).admin());
  return {
    call: (what, ask) => {
      const until = performance.now() + settings.callTimeoutMs;
      return use(what, (admin) => askPatiently(() => ask(admin), until));
    },
    close,
  };
};
