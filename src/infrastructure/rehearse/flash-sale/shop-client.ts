import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { z } from 'zod';

const problem = z.object({ code: z.string() });
const titled = z.object({ status: z.string() });
const json = z.record(z.string(), z.unknown());

export interface ShopAnswer {
  readonly status: number;
  /** Of an error; else the status the answer tells. */
  readonly code: string;
  readonly body: unknown;
}

/** Products, orders and payments over their public interface. */
export interface ShopClient {
  /** Who is told to come again later does so, with the same ids, as a shop would. Rejects when nobody answers for long. */
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
}

const TRIES = 100;
const AGAIN_MS = 100;

const parsed = (text: string): unknown => {
  try {
    return json.parse(JSON.parse(text));
  } catch {
    return { code: 'NOT_JSON', text };
  }
};

const codeOf = (body: unknown): string =>
  problem.safeParse(body).data?.code ?? titled.safeParse(body).data?.status ?? '';

export const createShopClient = ({ url, sockets, token, timeoutMs }: ShopClientOptions): ShopClient => {
  const pool = new Pool(url, { connections: sockets, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };

  const call = async (method: 'GET' | 'POST', path: string, body: object | null): Promise<ShopAnswer> => {
    const response = await pool.request({
      method,
      path,
      headers: body === null ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === null ? null : JSON.stringify(body),
    });
    const answer = parsed(await response.body.text());
    return { status: response.statusCode, code: codeOf(answer), body: answer };
  };
  const insisting = async (again: () => Promise<ShopAnswer>): Promise<ShopAnswer> => {
    for (let tries = 1; ; tries += 1)
      try {
        const answer = await again();
        if (answer.status !== 503 || tries === TRIES) return answer;
        await sleep(AGAIN_MS);
      } catch (error) {
        if (tries === TRIES) throw error;
        await sleep(AGAIN_MS);
      }
  };
  return {
    post: (path, body) => insisting(() => call('POST', path, body)),
    get: (path) => insisting(() => call('GET', path, null)),
    close: () => pool.destroy(),
  };
};
