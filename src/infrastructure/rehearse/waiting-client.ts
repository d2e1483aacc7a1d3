import { Pool } from 'undici';
import { z } from 'zod';
import { answerOf } from './answer-of.js';
import { type Persistence, sendOn } from './calls.js';

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

export interface WaitingClientOptions {
  readonly url: string;
  readonly sockets: number;
  /** Of operators. */
  readonly token?: string;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
  /** Given: calls are made again as clients are told to. */
  readonly persistence?: Persistence;
}

export const createWaitingClient = (options: WaitingClientOptions): WaitingClient => {
  const { url, sockets, timeoutMs } = options;
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
  const pool = new Pool(url, { connections: sockets, ...limits });
  const operator: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };

  const call = sendOn(options.persistence);
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<unknown> => {
    const reply = await call(pool, { method, path, headers, ...(body !== undefined && { body }) });
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${answerOf(reply.status, reply.body, options.token)}`);
    return reply.body;
  };

  return {
    configure: async (scheduleId, activeLimit, activeTtlSeconds) =>
      void (await send('PUT', `/api/v1/schedules/${scheduleId}`, { activeLimit, activeTtlSeconds }, operator)),
    join: async (scheduleId, userId) =>
      token.parse(await send('POST', '/api/v1/waiting-token', { scheduleId, userId })),
    ask: async (tokenId, waitSeconds = 0) =>
      token.parse(
        await send(
          'GET',
          `/api/v1/waiting-token/${tokenId}`,
          undefined,
          waitSeconds > 0 ? { prefer: `wait=${waitSeconds}` } : {},
        ),
      ),
    leave: async (tokenId) => void (await send('DELETE', `/api/v1/waiting-token/${tokenId}`)),
    verify: (scheduleId) => send('GET', `/admin/schedules/${scheduleId}/verify`, undefined, operator),
    close: () => pool.destroy(),
  };
};
