import { Pool } from 'undici';
import { z } from 'zod';
import { type Persistence, sendOn } from '../calls.js';

const problem = z.object({ code: z.string() });
const titled = z.object({ status: z.string() });

export interface ShopAnswer {
  readonly status: number;
  /** Of an error; else the status the answer tells. */
  readonly code: string;
  readonly body: unknown;
}

/** Products, orders and payments over their public interface. */
export interface ShopClient {
  /** Rejects when nobody answers. */
  readonly post: (path: string, body: object) => Promise<ShopAnswer>;
  readonly get: (path: string) => Promise<ShopAnswer>;
  readonly close: () => Promise<void>;
}

export interface ShopClientOptions {
  readonly url: string;
  readonly sockets: number;
  /** Of operators. */
  readonly token?: string;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
  /** Given: calls are made again as clients are told to. */
  readonly persistence?: Persistence;
}

const codeOf = (body: unknown): string =>
  problem.safeParse(body).data?.code ?? titled.safeParse(body).data?.status ?? '';

export const createShopClient = ({ url, sockets, token, timeoutMs, persistence }: ShopClientOptions): ShopClient => {
  const pool = new Pool(url, { connections: sockets, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const send = sendOn(persistence);
  const call = async (method: 'GET' | 'POST', path: string, body?: object): Promise<ShopAnswer> => {
    const reply = await send(pool, { method, path, headers, ...(body !== undefined && { body }) });
    return { status: reply.status, code: codeOf(reply.body), body: reply.body };
  };
  return {
    post: (path, body) => call('POST', path, body),
    get: (path) => call('GET', path),
    close: () => pool.destroy(),
  };
};
