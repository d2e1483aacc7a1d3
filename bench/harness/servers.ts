import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/engines/free-port.js';
import { type Child, type ChildOptions, startChild } from './child.js';
import { flagsOfStart } from './start-flags.js';

export interface Server {
  readonly url: string;
  readonly child: Child;
  /** From the start of the process to its first good answer. */
  readonly readyMs: number;
  readonly create: (couponId: string, quantity: number) => Promise<void>;
}

const READY_WITHIN_MS = 60_000;

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );

const start = async (file: string, { variables = {}, flags }: ChildOptions): Promise<Server> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = startChild(file, { variables: { ...variables, HTTP_PORT: String(port) }, ...(flags && { flags }) });
  for (const deadline = Date.now() + READY_WITHIN_MS; !(await Promise.race([isReady(url), child.died]));) {
    if (Date.now() > deadline) throw new Error(`${file} was not ready within ${READY_WITHIN_MS} ms`);
    await sleep(2);
  }
  const readyMs = performance.now() - began;
  const create = async (couponId: string, quantity: number): Promise<void> => {
    const answer = await fetch(`${url}/api/coupons`, {
      signal: AbortSignal.timeout(30_000),
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(variables['ADMIN_TOKEN'] !== undefined && { authorization: `Bearer ${variables['ADMIN_TOKEN']}` }),
      },
      body: JSON.stringify({ couponId, name: 'Bench', quantity, discount: { kind: 'PERCENT', value: 10 } }),
    });
    if (!answer.ok) throw new Error(`Creating a coupon: HTTP ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  return { url, child, readyMs, create };
};

/** The built product, as `npm start` runs it. */
export const startProduct = (
  dist: string,
  variables: Readonly<Record<string, string>>,
  flags: ReadonlyArray<string> = [],
): Promise<Server> =>
  start(join(dist, 'infrastructure', 'main.js'), {
    variables: { LOG_LEVEL: 'error', ...variables },
    flags: [...flagsOfStart(), ...flags],
  });

/** Something compared with: `bench/compared/{name}.ts`, with the same flags. */
export const startCompared = (name: string, variables: Readonly<Record<string, string>> = {}): Promise<Server> =>
  start(`bench/compared/${name}.ts`, { variables, flags: flagsOfStart() });

/** What comes of using a server, which is ended afterwards whatever comes of it. */
export const using = async <A>(starting: Promise<Server>, use: (server: Server) => Promise<A>): Promise<A> => {
  const server = await starting;
  try {
    return await use(server);
  } finally {
    await server.child.stop('SIGKILL');
  }
};
