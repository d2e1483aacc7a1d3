import { once } from 'node:events';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { either as E } from 'fp-ts';
import { kafkaMessageLog } from '../../src/adapters/kafka/kafka-message-log.js';
import { connectRedis } from '../../src/adapters/redis/index.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { kafkaOptions } from '../../src/infrastructure/engines/kafka-log.js';
import { redisAccess } from '../../src/infrastructure/engines/redis-state.js';
import { testCertificates } from '../support/engines/test-certificates.js';
import { eventually } from '../support/eventually.js';
import { recordingLog, recordingMetrics } from '../support/in-memory/quiet.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

const rightOf = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new Error(String(answer.left));
  return answer.right;
};

type Variables = Readonly<Record<string, string>>;
/** Begins to connect, and goes on until it is told to end. */
const engines = {
  REDIS: async (port: number, variables: Variables) => {
    const url = `rediss://127.0.0.1:${port}`;
    const access = rightOf(redisAccess(url, rightOf(loadConfig({ REDIS_URL: url, ...variables }))));
    return (await connectRedis(access, recordingLog())).close;
  },
  KAFKA: async (port: number, variables: Variables) => {
    const config = rightOf(loadConfig({ KAFKA_SSL: 'true', ...variables }));
    const ports = { config, log: recordingLog(), metrics: recordingMetrics() };
    const log = kafkaMessageLog(rightOf(kafkaOptions([`127.0.0.1:${port}`], ports)));
    let isOver = false;
    const asking = (async () => {
      while (!isOver) await log.lag('orders', 'readers')();
    })();
    return async () => {
      isOver = true;
      await asking;
      await log.close();
    };
  },
};

/** Lets in whoever trusts it, and says nothing; and how many connections broke off, and came about. */
const server = async ({ certFile, keyFile }: ReturnType<typeof testCertificates>) => {
  let [refused, secured] = [0, 0];
  const listening = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  listening.on('tlsClientError', () => (refused += 1));
  listening.on('secureConnection', (socket) => {
    secured += 1;
    socket.on('error', () => undefined).destroy();
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, refused: () => refused, secured: () => secured, close: () => listening.close() };
};

test.each(['REDIS', 'KAFKA'] as const)(
  'what replaces the files of %s counts from the next connection on, and what cannot be read leaves all as it is',
  async (engine) => {
    const [before, now] = [testCertificates(), testCertificates()];
    const file = join(newDir(), 'ca.pem');
    copyFileSync(before.caFile, file);
    const { port, refused, secured, close } = await server(now);
    const end = await engines[engine](port, { [`${engine}_CA_FILE`]: file });
    try {
      await eventually(() => expect(refused()).toBeGreaterThan(0));
      rmSync(file);
      const tried = refused();
      await eventually(() => expect(refused()).toBeGreaterThan(tried));
      expect(secured()).toBe(0);
      copyFileSync(now.caFile, file);
      await eventually(() => expect(secured()).toBeGreaterThan(0));
    } finally {
      await end();
      close();
    }
  },
);

test('a key that is not that of the certificate is named at the start', () => {
  const [one, other] = [testCertificates(), testCertificates()];
  const url = 'rediss://127.0.0.1';
  const pair = { REDIS_CERT_FILE: one.certFile, REDIS_KEY_FILE: other.keyFile };
  const fault = expect.stringMatching(/^REDIS_CERT_FILE, REDIS_KEY_FILE: .*mismatch/);
  expect(redisAccess(url, rightOf(loadConfig({ REDIS_URL: url, ...pair })))).toEqual(E.left(fault));
});
