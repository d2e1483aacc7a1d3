import { z } from 'zod';
import { type Caller } from './credentials.js';
import { createHttpClient, type HttpClientOptions, type Request } from './http-client.js';

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
  /** Rejects when nobody answers. `as`: whose call it is, a visitor's where nothing is said; `pass`: of the waiting room. */
  readonly post: (
    path: string,
    body: object,
    said?: { readonly as?: Caller; readonly pass?: string },
  ) => Promise<ShopAnswer>;
  readonly get: (path: string) => Promise<ShopAnswer>;
  readonly close: () => Promise<void>;
}

const codeOf = (body: unknown): string =>
  problem.safeParse(body).data?.code ?? titled.safeParse(body).data?.status ?? '';

export const createShopClient = (options: HttpClientOptions): ShopClient => {
  const http = createHttpClient(options);
  const call = async (request: Request): Promise<ShopAnswer> => {
    const { status, body } = await http.send(request);
    return { status, code: codeOf(body), body };
  };
  return {
    post: (path, body, { as = 'visitor', pass } = {}) =>
      call({ method: 'POST', path, body, as, headers: pass === undefined ? {} : { 'waiting-pass': pass } }),
    get: (path) => call({ method: 'GET', path }),
    close: http.close,
  };
};
