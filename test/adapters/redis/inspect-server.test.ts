import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { type RedisAccess } from '../../../src/adapters/redis/client.js';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { inspectServer } from '../../../src/adapters/redis/inspect-server.js';
import { NEEDED_COMMANDS } from '../../../src/adapters/redis/needed-rights.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { freePort } from '../../support/engines/free-port.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { testCertificates } from '../../support/engines/test-certificates.js';
import { tempDirs } from '../../support/temp-dir.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

const newDir = tempDirs();
const isFit = E.right({ warnings: [] });
const refusal = (...words: ReadonlyArray<string>) =>
  E.left(
    expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word.replace(/[+~*]/g, '\\$&')})`).join(''), 's')),
  );
const warning = (...words: ReadonlyArray<string>) =>
  E.right({ warnings: words.map((word) => expect.stringContaining(word)) });
const inspect = (url: string, more: Omit<RedisAccess, 'address'> = {}) => inspectServer(accessTo(url, more));

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
      expect(await inspect((await redis()).url)).toEqual(isFit);
    });

    it('is only away where nobody answers, or no host has the name: an operator is told, and it is waited for', async () => {
      const away = `127.0.0.1:${await freePort()}`;
      expect(await inspect(`redis://${away}`)).toEqual(warning(`does not answer at ${away}, which REDIS_URL names`));
      expect(await inspect('redis://redis.invalid')).toEqual(warning('no host redis.invalid, which REDIS_URL names'));
      expect(await inspect(`redis+cluster://${away},redis.invalid`)).toEqual(warning(away, 'redis.invalid'));
    });

    it('refuses a wrong password, and none: the start ends with the variable to change', async () => {
      const server = await redis();
      await server.ask('CONFIG SET requirepass secret');
      expect(await inspect(`redis://:wrong@127.0.0.1:${server.port}`)).toEqual(refusal('password', 'REDIS_URL'));
      expect(await inspect(`redis://ana:secret@127.0.0.1:${server.port}`)).toEqual(refusal('user', 'REDIS_URL'));
      expect(await inspect(server.url)).toEqual(refusal('password', 'REDIS_URL'));
      expect(await inspect(`redis://:secret@127.0.0.1:${server.port}`)).toEqual(isFit);
    });

    it('names the rights that its user lacks, as an operator writes them', async () => {
      const server = await redis();
      const asShop = `redis://shop:right@127.0.0.1:${server.port}`;
      const rules = NEEDED_COMMANDS.map((command) => `+${command}`).join(' ');
      await server.ask(`ACL SETUSER shop on >right ~shop:* &shop:* ${rules}`);
      expect(await inspect(asShop, { namespace: 'shop:' })).toEqual(isFit);
      expect(await inspect(asShop)).toEqual(refusal('REDIS_URL', '~*', '&*'));
      await server.ask('ACL SETUSER shop -hset -evalsha');
      expect(await inspect(asShop, { namespace: 'shop:' })).toEqual(refusal('REDIS_URL', '+hset', '+evalsha'));
      await server.ask('ACL SETUSER shop -info');
      expect(await inspect(asShop, { namespace: 'shop:' })).toEqual(refusal('REDIS_URL', 'info'));
    });

    it('may evict, or may only be read: it is gone on with, and an operator is warned', async () => {
      const server = await redis();
      await server.ask('CONFIG SET maxmemory-policy allkeys-lru');
      await server.ask(`REPLICAOF 127.0.0.1 ${await freePort()}`);
      expect(await inspect(server.url)).toEqual(warning('maxmemory-policy', 'replica'));
    });

    it('is another kind of server than REDIS_URL says: the form to write is told', async () => {
      const node = await redis('--cluster-enabled', 'yes', '--cluster-config-file', join(newDir(), 'nodes.conf'));
      const single = await redis();
      expect(await inspect(node.url)).toEqual(refusal('REDIS_URL', 'redis+cluster://'));
      expect(await inspect(`redis+cluster://127.0.0.1:${single.port}`)).toEqual(refusal('REDIS_URL', 'redis://'));
      expect(await inspect(`redis+cluster://127.0.0.1:${node.port}`)).toEqual(warning('Cluster of REDIS_URL is down'));
      expect(await inspect(`redis+sentinel://127.0.0.1:${single.port}/shop`)).toEqual(refusal('REDIS_URL', 'sentinel'));
    });
  });

  describe('a Redis that speaks TLS', () => {
    const { caFile, certFile, keyFile } = testCertificates();
    const [ca, cert, key] = [caFile, certFile, keyFile].map((file) => readFileSync(file, 'utf8'));
    const files = ['--tls-ca-cert-file', caFile, '--tls-cert-file', certFile, '--tls-key-file', keyFile];
    let server: OwnRedis;
    let port: number;
    beforeAll(async () => {
      port = await freePort();
      server = await startOwnRedis(['--tls-port', String(port), ...files]);
    });
    afterAll(() => server.stop());
    const url = (scheme: string, at = port): string => `${scheme}://127.0.0.1:${at}`;

    it('takes whoever knows its authority and has a certificate of it, and keeps what it is given', async () => {
      const tls = { ca, cert, key };
      expect(await inspect(url('rediss'), { tls })).toEqual(isFit);
      const connection = await connectRedis(accessTo(url('rediss'), { tls }), silentLog, { hotMs: 3_000 });
      await connection.hot((redis) => redis.set('a', 'b'));
      expect(await connection.steady.get('a')).toBe('b');
      await connection.close();
    });

    it.each([
      ['an authority that is not known', 'REDIS_CA_FILE', () => url('rediss'), {}],
      ['no certificate where one is wanted', 'REDIS_CERT_FILE', () => url('rediss'), { ca }],
      ['TLS at a port that speaks none', 'redis in place of rediss', () => url('rediss', server.port), { ca }],
      ['a port that speaks nothing but TLS', 'rediss in place of redis', () => url('redis'), {}],
    ])('names the variable for %s', async (_what, variable, at, tls) => {
      const began = performance.now();
      expect(await inspect(at(), { tls })).toEqual(refusal(variable));
      expect(performance.now() - began).toBeLessThan(5_000);
    });
  });

  it('is asked for every command that the scripts and clients here send', () => {
    const folder = join('src', 'adapters', 'redis');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
    const counting = readFileSync(join('node_modules', 'rate-limiter-flexible', 'lib', 'RateLimiterRedis.js'), 'utf8');
    const byScripts = [...sources, counting].flatMap((source) => [...source.matchAll(/redis\.call\('(\w+)'/g)]);
    const byClients = sources.flatMap((source) => [...source.matchAll(/\b(?:redis|steady|client)\.(\w+)\(/g)]);
    const commands = new Set([...byScripts, ...byClients].map(([, command = '']) => command.toLowerCase()));
    // Of the client itself; configuration and sentinels, which are asked without need, and nodes of clusters.
    for (const other of ['connect', 'disconnect', 'nodes', 'on', 'once', 'call', 'config', 'sentinel', 'cluster'])
      commands.delete(other);
    expect([...commands].filter((command) => !NEEDED_COMMANDS.includes(command))).toEqual([]);
    expect(commands.size).toBeGreaterThan(30);
  });
});
