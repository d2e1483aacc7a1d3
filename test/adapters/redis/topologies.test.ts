import { randomUUID } from 'node:crypto';
import { either as E } from 'fp-ts';
import { Redis } from 'ioredis';
import {
  connectRedis,
  inspectServer,
  redisAdmissionGate,
  redisIdempotencyKeys,
  redisLeases,
  redisPresence,
  redisReadModels,
  redisScripts,
  redisSigningKeys,
  redisSnapshots,
  redisStockGate,
  redisStreamTickets,
  type RedisConnection,
} from '../../../src/adapters/redis/index.js';
import { NEEDED_COMMANDS } from '../../../src/adapters/redis/needed-rights.js';
import { sharedRateLimiter } from '../../../src/adapters/rate-limits/shared.js';
import { admissionGateContract } from '../../contracts/admission-gate.contract.js';
import { idempotencyContract, type OpenedIdempotencyKeys } from '../../contracts/idempotency.contract.js';
import { leasesContract } from '../../contracts/leases.contract.js';
import { presenceContract } from '../../contracts/presence.contract.js';
import { rateLimiterContract } from '../../contracts/rate-limiter.contract.js';
import { readModelsContract } from '../../contracts/read-models.contract.js';
import { signingKeysContract } from '../../contracts/signing-keys.contract.js';
import { snapshotsContract, type OpenedSnapshots } from '../../contracts/snapshots.contract.js';
import { stockGateContract } from '../../contracts/stock-gate.contract.js';
import { streamTicketsContract } from '../../contracts/stream-tickets.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedisCluster, startOwnRedisCluster } from '../../support/engines/own-redis-cluster.js';
import { type OwnSentinels, startOwnSentinels } from '../../support/engines/own-sentinels.js';
import { eventually } from '../../support/eventually.js';
import { wallClock } from '../../support/in-memory/quiet.js';
import { accessTo } from './access-to.js';
import { declareWhole, PATIENT_MS } from './gate-setting.js';
import { silentLog } from './silent-log.js';

const hotMs = PATIENT_MS;

await describeWith('redis', () => {
  describe('a Redis Cluster of three primaries, as a user with no right but those that are needed', () => {
    let cluster: OwnRedisCluster;
    const [ours, theirs] = [`ours-${randomUUID()}:`, `theirs-${randomUUID()}:`];
    const rights = [...NEEDED_COMMANDS, 'cluster|slots', 'cluster|info'].map((command) => `+${command}`).join(' ');
    beforeAll(async () => {
      cluster = await startOwnRedisCluster();
      for (const node of cluster.nodes)
        await node.ask(`ACL SETUSER shop on >right ~ours-* &ours-* ~theirs-* &theirs-* ${rights}`);
    });
    afterAll(() => cluster.stop());
    const access = (namespace = ours) => accessTo(cluster.url.replace('://', '://shop:right@'), { namespace });
    const connect = (namespace = ours): Promise<RedisConnection> =>
      connectRedis(access(namespace), silentLog, { hotMs });
    const two = async () => Promise.all([connect(), connect()]);
    const closing =
      (...connections: ReadonlyArray<RedisConnection>) =>
      async () =>
        void (await Promise.all(connections.map(({ close }) => close())));

    it('is fit', async () => {
      expect(await inspectServer(access())).toEqual(E.right({ warnings: [] }));
    });

    it('is connected at the first try, each of twenty times', async () => {
      const tries: Array<unknown> = [];
      const log = { ...silentLog, debug: (failed: unknown) => void tries.push(failed) };
      for (let times = 0; times < 20; times += 1) {
        const connection = await connectRedis(access(), log, { hotMs });
        await connection.close();
      }
      expect(tries).toEqual([]);
    });

    admissionGateContract('in a cluster', async ({ load, clock }) => {
      const connection = await connect();
      const opened = redisAdmissionGate(connection, load, silentLog, clock.now);
      await declareWhole(opened);
      return {
        gate: opened.gate,
        close: async () => {
          opened.close();
          await connection.close();
        },
      };
    });
    stockGateContract('in a cluster', async ({ load, clock }) => {
      const connection = await connect();
      return { gate: redisStockGate(connection, load, silentLog, clock.now), close: connection.close };
    });
    readModelsContract('in a cluster', async () => {
      const connection = await connect();
      return { readModels: redisReadModels(connection, silentLog), close: connection.close };
    });
    leasesContract('in a cluster', async () => {
      const [one, other] = await two();
      return { one: redisLeases(one, silentLog), other: redisLeases(other, silentLog), close: closing(one, other) };
    });
    streamTicketsContract('in a cluster', async () => {
      const [one, other] = await two();
      const tickets = (connection: RedisConnection) => redisStreamTickets(connection, silentLog);
      return { one: tickets(one), other: tickets(other), close: closing(one, other) };
    });
    let shops = 0;
    signingKeysContract('in a cluster', async () => {
      const namespace = `${ours}keys-${(shops += 1)}:`;
      const [one, other] = [await connect(namespace), await connect(namespace)];
      const keys = (connection: RedisConnection) => redisSigningKeys(connection, silentLog, 'pass-keys');
      return { one: keys(one), other: keys(other), close: closing(one, other) };
    });
    presenceContract('in a cluster', async () => {
      const connection = await connect();
      return { presence: redisPresence(connection, wallClock, silentLog), now: Date.now, close: connection.close };
    });
    const openSnapshots = async (): Promise<OpenedSnapshots> => {
      const connection = await connect();
      const reopen = async () => {
        await connection.close();
        return openSnapshots();
      };
      return { snapshots: redisSnapshots(connection, silentLog), reopen, close: connection.close };
    };
    snapshotsContract('in a cluster', openSnapshots);
    const openKeys = async (): Promise<OpenedIdempotencyKeys> => {
      const connection = await connect();
      const reopen = async () => {
        await connection.close();
        return openKeys();
      };
      return { keys: redisIdempotencyKeys(connection, silentLog), reopen, close: connection.close };
    };
    idempotencyContract('in a cluster', openKeys);
    describe('counting requests', () => {
      let connections: ReadonlyArray<RedisConnection> = [];
      beforeAll(async () => void (connections = await two()));
      afterAll(() => closing(...connections)());
      rateLimiterContract('in a cluster', () => {
        const [open, openAnother] = connections.map((connection) => sharedRateLimiter(redisScripts(connection)));
        if (open === undefined || openAnother === undefined) throw new Error('Not connected');
        return { open, openAnother };
      });
    });

    const keysOf = async (): Promise<ReadonlyArray<string>> => {
      const nodes = cluster.nodes.map(({ port }) => new Redis(port));
      const keys = (await Promise.all(nodes.map((node) => node.keys('*')))).flat();
      nodes.forEach((node) => node.disconnect());
      return keys;
    };

    it('has no key without the namespace of its shop, whatever was done with it', async () => {
      const keys = await keysOf();
      expect(keys.length).toBeGreaterThan(20);
      expect(keys.filter((key) => !key.startsWith(ours))).toEqual([]);
      const shares = await Promise.all(cluster.nodes.map((node) => node.ask('DBSIZE')));
      expect(shares).not.toContain(':0');
    });

    it('belongs to several shops, which see nothing of each other', async () => {
      const [one, other] = [await connect(), await connect(theirs)];
      const build = { view: 'shared', version: 1, build: 1 };
      const [models, others] = [redisReadModels(one, silentLog), redisReadModels(other, silentLog)];
      const woken: string[] = [];
      models.watch('shared', 'd', () => void woken.push('ours'));
      others.watch('shared', 'd', () => void woken.push('theirs'));
      const write = { id: 'd', document: { a: 1 }, entries: [{ index: 'all', key: 'k', sort: 1 }] };
      await eventually(() => expect(woken).toEqual(expect.arrayContaining(['ours', 'theirs'])));
      woken.length = 0;
      await models.write(build, [write], { from: -1, to: 0 })();
      await eventually(() => expect(woken).toEqual(['ours']));
      expect(await others.getMany(build, ['d'])()).toMatchObject(E.right([{ _tag: 'None' }]));
      expect(await others.builds('shared')()).toMatchObject(E.right({ all: [] }));
      const never = new AbortController().signal;
      for (const connection of [one, other])
        expect(await redisLeases(connection, silentLog).acquire('leader', never)()).toMatchObject({ _tag: 'Right' });
      await closing(one, other)();
    });

    it('knows when one of its nodes lost what it held, and works again by itself', async () => {
      const connection = await connect();
      const before = connection.runId();
      expect(before.split('+')).toHaveLength(3);
      const [lost] = cluster.nodes;
      await lost?.kill();
      await eventually(async () => expect(await connection.health()).toBe('down'));
      await lost?.restart();
      await eventually(() => expect(connection.runId()).not.toBe(before));
      await connection.close();
    });
  });

  describe('a Redis whose primary sentinels name', () => {
    let engines: OwnSentinels;
    beforeAll(async () => {
      engines = await startOwnSentinels();
    });
    afterAll(() => engines.stop());

    it('is fit; a name that no sentinel knows, and a sentinel taken for a Redis, are told with what to write', async () => {
      expect(await inspectServer(accessTo(engines.url))).toEqual(E.right({ warnings: [] }));
      const said = (text: string) => E.left(expect.stringContaining(text));
      const unknown = accessTo(engines.url.replace(/shop$/, 'store'));
      expect(await inspectServer(unknown)).toEqual(said('REDIS_URL know no primary called store; they know shop'));
      const asServer = accessTo(`redis://127.0.0.1:${engines.sentinel.port}`);
      expect(await inspectServer(asServer)).toEqual(said('REDIS_URL names a sentinel: write redis+sentinel://'));
    });

    it('is left for the promoted replica when it is killed, by everything that was connected', async () => {
      const connection = await connectRedis(accessTo(engines.url), silentLog, { hotMs });
      const models = redisReadModels(connection, silentLog);
      let woken = 0;
      models.watch('view', 'd', () => void (woken += 1));
      await eventually(() => expect(woken).toBeGreaterThan(0));
      const before = connection.runId();
      await eventually(async () =>
        expect(await engines.primary.ask('INFO replication')).toContain('connected_slaves:1'),
      );
      await eventually(async () =>
        expect(await engines.sentinel.ask('SENTINEL MASTER shop')).toMatch(/num-slaves\r\n\$1\r\n1/),
      );
      await engines.primary.kill();
      await eventually(async () => expect(await connection.health()).toBe('ok'));
      expect(connection.runId()).not.toBe(before);
      expect(await connection.steady.role()).toEqual(expect.arrayContaining(['master']));
      woken = 0;
      await models.write({ view: 'view', version: 1, build: 1 }, [{ id: 'd', document: {}, entries: [] }], {
        from: -1,
        to: 0,
      })();
      await eventually(() => expect(woken).toBeGreaterThan(0));
      await connection.close();
    });
  });
});
