import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { either as E } from 'fp-ts';
import { inspectServer } from '../../../src/adapters/redis/inspect-server.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { freePort } from '../../support/engines/free-port.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();
const isFit = E.right({ warnings: [] });
const refusal = (...words: ReadonlyArray<string>) =>
  E.left(expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''), 's')));

await describeWith('redis', () => {
  describe('a Redis as it is found at the start', () => {
    const started: OwnRedis[] = [];
    const redis = async (...more: ReadonlyArray<string>): Promise<OwnRedis> => {
      const server = await startOwnRedis(more);
      started.push(server);
      return server;
    };
    afterEach(async () => {
      await Promise.all(started.splice(0).map((server) => server.stop()));
    });

    it('is fit as it comes', async () => {
      expect(await inspectServer((await redis()).url)).toEqual(isFit);
    });

    it('is only away where nobody answers: that is waited for', async () => {
      expect(await inspectServer(`redis://127.0.0.1:${await freePort()}`)).toEqual(isFit);
    });

    it('refuses a wrong password, and none: the start ends with the variable to change', async () => {
      const server = await redis();
      await server.ask('CONFIG SET requirepass secret');
      expect(await inspectServer(`redis://:wrong@127.0.0.1:${server.port}`)).toEqual(refusal('password', 'REDIS_URL'));
      expect(await inspectServer(`redis://ana:secret@127.0.0.1:${server.port}`)).toEqual(refusal('user', 'REDIS_URL'));
      expect(await inspectServer(server.url)).toEqual(refusal('password', 'REDIS_URL'));
      expect(await inspectServer(`redis://:secret@127.0.0.1:${server.port}`)).toEqual(isFit);
    });

    it('shows a certificate nobody vouches for', async () => {
      const directory = newDir();
      const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
      const subject = ['-subj', '/CN=localhost', '-days', '2', '-keyout', key, '-out', cert];
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' });
      const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      expect(await inspectServer(`rediss://127.0.0.1:${port}`)).toEqual(refusal('certificate', 'NODE_EXTRA_CA_CERTS'));
      server.close();
    });

    it('belongs to a cluster, which cannot be worked with', async () => {
      const server = await redis('--cluster-enabled', 'yes', '--cluster-config-file', join(newDir(), 'nodes.conf'));
      expect(await inspectServer(server.url)).toEqual(refusal('Cluster', 'REDIS_URL'));
    });

    it('may evict, or may only be read: it is gone on with, and an operator is warned', async () => {
      const server = await redis();
      await server.ask('CONFIG SET maxmemory-policy allkeys-lru');
      await server.ask(`REPLICAOF 127.0.0.1 ${await freePort()}`);
      expect(await inspectServer(server.url)).toEqual(
        E.right({ warnings: [expect.stringContaining('maxmemory-policy'), expect.stringContaining('replica')] }),
      );
    });
  });
});
