import { type Admin } from 'kafkajs';
import { kafkaClient } from './client.js';
import { inTime } from './in-time.js';
import { type KafkaSettings } from './options.js';

export interface AdminCalls {
  /** Within the call timeout; connects when needed, and starts afresh after a failure. */
  readonly call: <A>(what: string, ask: (admin: Admin) => Promise<A>) => Promise<A>;
  readonly close: () => Promise<void>;
}

/** One connection for administration, made when first needed. */
export const adminCalls = (settings: KafkaSettings): AdminCalls => {
  let connected: Promise<Admin> | null = null;

  const connect = async (): Promise<Admin> => {
    const admin = kafkaClient(settings, 2).admin();
    await admin.connect();
    return admin;
  };
  const forget = (which: Promise<Admin>) => {
    if (connected === which) connected = null;
    return which.then((admin) => inTime(admin.disconnect(), 2_000, 'disconnecting')).catch(() => undefined);
  };

  return {
    call: async (what, ask) => {
      const using = (connected ??= connect());
      try {
        return await inTime(using.then(ask), settings.callTimeoutMs, what);
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
