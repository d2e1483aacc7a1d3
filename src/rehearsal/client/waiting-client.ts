import { z } from 'zod';
import { createHttpClient, type HttpClientOptions } from './http-client.js';

const token = z.object({
  tokenId: z.string(),
  status: z.enum(['PENDING', 'ACTIVE', 'EXPIRED', 'COMPLETED']),
  position: z.number().optional(),
  pass: z.string().optional(),
});

export type SeenToken = z.infer<typeof token>;

/** A waiting room over its public interface. Whatever is not answered as it should be rejects. */
export interface WaitingClient {
  readonly configure: (scheduleId: string, activeLimit: number, activeTtlSeconds: number) => Promise<void>;
  readonly join: (scheduleId: string, userId: string) => Promise<SeenToken>;
  /** `waitSeconds`: how long the answer may be held until the turn has come. */
  readonly ask: (tokenId: string, waitSeconds?: number) => Promise<SeenToken>;
  readonly leave: (tokenId: string) => Promise<void>;
  /** Whatever an operator's call answers. */
  readonly verify: (scheduleId: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export const createWaitingClient = (options: HttpClientOptions): WaitingClient => {
  const http = createHttpClient(options);
  const one = (tokenId: string): string => `/api/v1/waiting-token/${tokenId}`;
  return {
    configure: async (scheduleId, activeLimit, activeTtlSeconds) => {
      const body = { activeLimit, activeTtlSeconds };
      const path = `/api/v1/schedules/${scheduleId}`;
      await http.read(z.unknown(), { method: 'PUT', path, body, as: 'operator' }, 'Configuring the waiting room');
    },
    join: (scheduleId, userId) => {
      const body = { scheduleId, userId };
      return http.read(token, { method: 'POST', path: '/api/v1/waiting-token', body }, 'Joining the queue');
    },
    ask: (tokenId, waitSeconds = 0) => {
      const headers: Record<string, string> = waitSeconds > 0 ? { prefer: `wait=${waitSeconds}` } : {};
      return http.read(token, { method: 'GET', path: one(tokenId), headers }, 'Asking for the place in line');
    },
    leave: async (tokenId) => {
      await http.read(z.unknown(), { method: 'DELETE', path: one(tokenId) }, 'Leaving the queue');
    },
    verify: (scheduleId) => {
      const path = `/admin/schedules/${scheduleId}/verify`;
      return http.read(z.unknown(), { method: 'GET', path, as: 'operator' }, 'Verifying the waiting room');
    },
    close: http.close,
  };
};
