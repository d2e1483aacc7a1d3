import { either as E, option as O } from 'fp-ts';
import { connectRedis, type RedisConnection } from '../../../src/adapters/redis/connection.js';
import { redisReadModels } from '../../../src/adapters/redis/read-models/read-models.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { type Build, type DocumentWrite, type ReadModels } from '../../../src/application/ports/read-models.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { accessTo } from './access-to.js';
import { answerOf, PATIENT_MS } from './gate-setting.js';
import { silentLog } from './silent-log.js';

const first: Build = { view: 'coupons', version: 1, build: 1 };
const sale = (id: string, sort = 0): DocumentWrite => ({
  id,
  document: { id },
  entries: [{ index: 'all', key: 'k', sort }],
});

const all = { index: 'all', key: 'k', limit: 5 };

await describeWith('redis', () => {
  describe('read models, when Redis fails', () => {
    let server: OwnRedis;
    let connections: RedisConnection[];
    let runner: ReadModels;
    let reader: ReadModels;
    const process = async (): Promise<ReadModels> => {
      const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
      connections.push(connection);
      return redisReadModels(connection, silentLog);
    };
    beforeEach(async () => {
      server = await startOwnRedis();
      connections = [];
      runner = await process();
      reader = await process();
      await answerOf(runner.write(first, [sale('a'), sale('b')], { from: BEGINNING, to: 10 }));
      await answerOf(runner.flip(first));
      await answerOf(reader.builds('coupons'));
    });
    afterEach(async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await server.stop();
    });

    it('does not deny a document because the build it was in has vanished', async () => {
      await server.flush();
      expect(await answerOf(reader.served('coupons', ['a']))).toEqual(O.none);
      expect(await answerOf(reader.scanServed('coupons', { prefix: '', after: '', limit: 5 }))).toEqual(O.none);
      expect(await reader.getMany(first, ['a'])()).toEqual(E.left('ReadModelsUnavailable'));
      expect(await answerOf(reader.queryServed('coupons', all))).toEqual(O.none);
      expect(await reader.checkpoint(first)()).toEqual(E.left('ReadModelsUnavailable'));
      expect(await runner.write(first, [sale('c')], { from: 10, to: 11 })()).toEqual(E.left('CheckpointMoved'));
    });

    it('does not deny a document because only the documents of the build were lost', async () => {
      const [connection] = connections;
      await connection?.steady.del('rm:{coupons}:1:1:documents');
      expect(await reader.served('coupons', ['a'])()).toEqual(E.left('ReadModelsUnavailable'));
      expect(await reader.scanServed('coupons', { prefix: '', after: '', limit: 5 })()).toEqual(
        E.left('ReadModelsUnavailable'),
      );
      expect(await reader.queryServed('coupons', all)()).toEqual(E.left('ReadModelsUnavailable'));
    });

    it('is built anew by whoever asks what builds there are, and is not mistaken for the one before', async () => {
      await server.flush();
      expect(await answerOf(runner.builds('coupons'))).toEqual({ live: O.none, all: [] });
      expect(await answerOf(runner.getMany(first, ['a']))).toEqual([O.none]);
      await answerOf(runner.write(first, [sale('b')], { from: BEGINNING, to: 5 }));
      expect(await answerOf(reader.served('coupons', ['a']))).toEqual(O.none);
      expect(await reader.getMany(first, ['a'])()).toEqual(E.left('ReadModelsUnavailable'));
      await answerOf(runner.write(first, [sale('a')], { from: 5, to: 10 }));
      await answerOf(runner.flip(first));
      expect(await answerOf(reader.builds('coupons'))).toEqual({ live: O.some(first), all: [first] });
      const documents = [O.some({ id: 'a' })];
      expect(await answerOf(reader.getMany(first, ['a']))).toEqual(documents);
      expect(await answerOf(reader.served('coupons', ['a']))).toEqual(
        O.some({ build: first, checkpoint: 10, documents }),
      );
    });

    it('lets one of two writers on, however often they race', async () => {
      const race = async (at: number): Promise<void> => {
        const answers = await Promise.all(
          [runner, reader, runner, reader].map((writer) =>
            writer.write(first, [sale(`w${at}`, at)], { from: at, to: at + 1 })(),
          ),
        );
        expect(answers.filter(E.isRight)).toHaveLength(1);
      };
      for (let at = 10; at < 60; at += 1) await race(at);
      expect(await answerOf(reader.checkpoint(first))).toBe(60);
    });

    it('wakes whoever watches again after the connection was interrupted', async () => {
      let woken = 0;
      const stop = reader.watch('coupons', 'a', () => (woken += 1));
      await eventually(() => woken > 0);
      await server.stop();
      await server.restart();
      const before = woken;
      await eventually(() => woken > before);
      const again = await process();
      const heard = woken;
      await answerOf(again.write(first, [sale('a')], { from: BEGINNING, to: 1 }));
      await eventually(() => woken > heard);
      stop();
    });

    it('leaves nothing behind when a build is dropped', async () => {
      const connection = connections[0];
      const many = Array.from({ length: 450 }, (_, n) => ({
        ...sale(`d${n}`),
        entries: [{ index: 'own', key: `${n}`, sort: n }],
      }));
      await answerOf(runner.write(first, many, { from: 10, to: 20 }));
      await answerOf(runner.drop(first));
      expect(await connection?.steady.keys('*')).toEqual([]);
    });
  });
});
