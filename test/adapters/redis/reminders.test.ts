import { connectRedis, type RedisConnection, redisReminders } from '../../../src/adapters/redis/index.js';
import { type Log } from '../../../src/application/ports/log.js';
import { type Reminders } from '../../../src/application/ports/reminders.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { recordingLog } from '../../support/in-memory/quiet.js';
import { accessTo } from './access-to.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

const SETTING = 'notify-keyspace-events';

await describeWith('redis', () => {
  let server: OwnRedis;
  const connections: RedisConnection[] = [];
  beforeEach(async () => {
    server = await startOwnRedis();
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map(({ close }) => close()));
    await server.stop();
  });

  const open = async (url = server.url, log: Log = silentLog) => {
    const connection = await connectRedis(accessTo(url), log, { hotMs: 2_000 });
    connections.push(connection);
    return { connection, reminders: redisReminders(connection, log) };
  };
  /** What was heard since listening began; it began when the first null came. */
  const listen = async (reminders: Reminders) => {
    const heard: Array<{ readonly id: string | null; readonly at: number }> = [];
    const stop = reminders.listen((id) => void heard.push({ id, at: Date.now() }));
    await eventually(() => heard.length > 0);
    return { ids: () => heard.flatMap(({ id }) => (id === null ? [] : [id])), heard, stop };
  };

  it('come to every process that listens, not before their time, whichever process set them', async () => {
    const [one, other] = [await open(), await open()];
    const listening = [await listen(one.reminders), await listen(other.reminders)];
    const at = Date.now() + 300;
    one.reminders.remind('gala', at);
    one.reminders.remind('off', at);
    one.reminders.forget('off');
    for (const { ids, heard } of listening) {
      await eventually(() => expect(ids()).toStrictEqual(['gala']));
      expect(heard.at(-1)?.at).toBeGreaterThanOrEqual(at - 1);
    }
  });

  it('move when they are set again', async () => {
    const { reminders } = await open();
    const { ids, heard } = await listen(reminders);
    reminders.remind('gala', Date.now() + 3_600_000);
    const at = Date.now() + 200;
    reminders.remind('gala', at);
    await eventually(() => expect(ids()).toStrictEqual(['gala']));
    expect(heard.at(-1)?.at).toBeGreaterThanOrEqual(at - 1);
  });

  it('say nothing of other keys that expire, nor of other databases', async () => {
    const [mine, theirs] = [await open(), await open(ownDatabase(server.url, 3))];
    const { ids } = await listen(mine.reminders);
    theirs.reminders.remind('elsewhere', Date.now() + 50);
    await mine.connection.steady.set('presence:ana', '1', 'PX', 50);
    mine.reminders.remind('gala', Date.now() + 150);
    await eventually(() => expect(ids()).toStrictEqual(['gala']));
  });

  it('leave what else Redis gives notice of as it was', async () => {
    const { connection, reminders } = await open();
    await connection.steady.config('SET', SETTING, 'Kg');
    await listen(reminders);
    const setting = String(await connection.steady.config('GET', SETTING));
    for (const flag of ['K', 'g', 'E', 'x']) expect(setting.split(',')[1]).toContain(flag);
  });

  it('come again after Redis was started anew, which says that some may have been missed', async () => {
    const { reminders } = await open();
    const { ids, heard } = await listen(reminders);
    await server.kill();
    await server.restart();
    await eventually(() => expect(heard.filter(({ id }) => id === null).length).toBeGreaterThan(1));
    await eventually(() => {
      reminders.remind('gala', Date.now() + 20);
      return ids().includes('gala');
    });
  });

  it('do not come from a Redis that may not be configured: that is said once, and nothing fails', async () => {
    const { connection } = await open();
    await connection.steady.call('ACL', 'SETUSER', 'guest', 'on', '>secret', '~*', '&*', '+@all', '-config');
    const log = recordingLog();
    const guest = new URL(server.url);
    [guest.username, guest.password] = ['guest', 'secret'];
    const { reminders } = await open(guest.href, log);
    const { ids } = await listen(reminders);
    reminders.remind('gala', Date.now() + 50);
    await eventually(() => connection.steady.exists('reminder:gala').then((known) => known === 0));
    expect(ids()).toStrictEqual([]);
    expect(log.lines.filter((line) => line.includes('gives no notice'))).toHaveLength(1);
  });
});
