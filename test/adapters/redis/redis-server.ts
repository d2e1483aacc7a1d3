import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { eventually } from '../../support/eventually.js';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });

export interface RedisServer {
  readonly url: string;
  /** SIGSTOP: connections stay open, nobody answers. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Ends the process and starts another one, empty, at the same address. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const answers = async (url: string): Promise<boolean> => {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, enableOfflineQueue: false });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    if (redis.status === 'ready') redis.disconnect();
  }
};

const ended = (process: ChildProcess): Promise<void> =>
  new Promise((resolve) =>
    process.exitCode !== null || process.signalCode !== null ? resolve() : process.once('exit', () => resolve()),
  );

/** A redis-server of this test's own, on loopback, keeping nothing on disk. */
export const startRedisServer = async (): Promise<RedisServer> => {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const start = (): ChildProcess =>
    spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    });
  let server = start();
  const kill = async (): Promise<void> => {
    server.kill('SIGCONT');
    server.kill('SIGKILL');
    await ended(server);
  };
  await eventually(() => answers(url));
  return {
    url,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    restart: async () => {
      await kill();
      server = start();
      await eventually(() => answers(url));
    },
    stop: kill,
  };
};
