import { either as E } from 'fp-ts';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisSigningKeys } from '../../../src/adapters/redis/signing-keys/signing-keys.js';
import { redisPresence } from '../../../src/adapters/redis/presence/presence.js';
import { redisStreamTickets } from '../../../src/adapters/redis/stream-tickets/stream-tickets.js';
import { streamTicketsContract } from '../../contracts/stream-tickets.contract.js';
import { signingKeysContract } from '../../contracts/signing-keys.contract.js';
import { presenceContract } from '../../contracts/presence.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';
import { movedClock } from '../../support/moved-clock.js';
import { answerOf } from '../../support/answer-of.js';
import { wallClock } from '../../support/in-memory/quiet.js';
import { accessTo } from './access-to.js';
import { PATIENT_MS } from './gate-setting.js';
import { silentLog } from './silent-log.js';

const newDirectory = tempDirs();

await describeWith('redis', () => {
  presenceContract('in Redis', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
    return {
      presence: redisPresence(connection, wallClock, silentLog),
      now: Date.now,
      close: async () => {
        await connection.close();
        await server.stop();
      },
    };
  });

  signingKeysContract('in Redis', async () => {
    const server = await startOwnRedis();
    const connect = () => connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
    const [one, other] = await Promise.all([connect(), connect()]);
    return {
      one: redisSigningKeys(one, silentLog, 'pass-keys'),
      other: redisSigningKeys(other, silentLog, 'pass-keys'),
      close: async () => {
        await Promise.all([one.close(), other.close()]);
        await server.stop();
      },
    };
  });

  streamTicketsContract('in Redis', async () => {
    const server = await startOwnRedis();
    const connect = () => connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
    const [one, other] = await Promise.all([connect(), connect()]);
    return {
      one: redisStreamTickets(one, silentLog),
      other: redisStreamTickets(other, silentLog),
      close: async () => {
        await Promise.all([one.close(), other.close()]);
        await server.stop();
      },
    };
  });

  it('signs of life: a Redis that was wiped remembers from then on, and takes nobody for gone', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
    const presence = redisPresence(connection, wallClock, silentLog);
    await eventually(async () => E.isRight(await presence.since()()));
    const wiped = Date.now();
    await connection.steady.flushall();
    const seen = await presence.lastSeen('somebody')();
    expect(E.isRight(seen) && seen.right >= wiped).toBe(true);
    await connection.close();
    await server.stop();
  });

  it('signs of life: nobody is taken for gone because for a while no process ran that they could have asked', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
    const clock = movedClock(1_000_000);
    const before = redisPresence(connection, clock, silentLog);
    before.touch('ana', clock.now());
    await eventually(async () => expect(await answerOf(before.lastSeen('ana'))).toBe(1_000_000));
    clock.move(600_000);
    const after = redisPresence(connection, clock, silentLog);
    expect(await answerOf(after.since())).toBe(1_600_000);
    expect(await answerOf(after.lastSeen('ana'))).toBe(1_600_000);
    await connection.close();
    await server.stop();
  });

  it('signs of life: nobody is taken for gone whose last signs a Redis has forgotten that began anew from an earlier copy', async () => {
    const server = await startOwnRedis(['--dir', newDirectory()]);
    const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
    const clock = movedClock(1_000_000);
    const presence = redisPresence(connection, clock, silentLog);
    presence.touch('ana', clock.now());
    await eventually(async () => expect(await answerOf(presence.lastSeen('ana'))).toBe(1_000_000));
    await server.ask('SAVE');
    clock.move(600_000);
    presence.touch('ana', clock.now());
    await eventually(async () => expect(await answerOf(presence.lastSeen('ana'))).toBe(1_600_000));
    await server.kill();
    await server.restart();
    await eventually(() => connection.hot((redis) => redis.ping()));
    clock.move(60_000);
    expect(await eventually(() => answerOf(presence.lastSeen('ana')))).toBe(1_660_000);
    await connection.close();
    await server.stop();
  });
});
