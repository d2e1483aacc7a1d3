import { jest } from '@jest/globals';
import { taskEither as TE } from 'fp-ts';
import { type InBulk } from '../../../../../src/application/kernel/process/deadlines/in-bulk.js';
import { eventually } from '../../../../support/eventually.js';
import { alarms } from './alarms.js';

const HOUR = 3_600_000;

describe('deadlines', () => {
  let world: ReturnType<typeof alarms>;
  beforeEach(async () => {
    world = alarms();
    await world.project();
  });
  afterEach(() => world.stop());

  /** Whoever goes to sleep after the clock was moved past his moment is woken by the next move. */
  const soon = (check: () => boolean | Promise<boolean>): Promise<boolean> =>
    eventually(() => {
      world.clock.move(0);
      return check();
    });

  it('are carried out when they come, not before, and are gone then', async () => {
    const start = world.clock.now();
    await world.set('tea', start + 5_000);
    await world.set('dinner', start + HOUR);
    await world.run();
    await soon(async () => (await world.standing()) === 2);
    expect(world.rang).toStrictEqual([]);
    world.clock.move(4_999);
    world.clock.move(1);
    await soon(async () => (await world.standing()) === 1);
    expect(world.rang).toStrictEqual([{ name: 'tea', at: start + 5_000 }]);
  });

  it('that are set without end are looked up now and then, not after each', async () => {
    const start = world.clock.now();
    await world.run();
    const query = jest.spyOn(world.readModels, 'queryServed');
    for (let n = 1; n <= 100; n++) {
      await world.set(`alarm-${n}`, start + HOUR);
      await eventually(async () => (await world.standing()) === n);
    }
    expect(query.mock.calls.length).toBeLessThan(45);
    await world.set('tea', start + 150);
    await eventually(async () => (await world.standing()) === 101);
    world.clock.move(100);
    world.clock.move(50);
    await soon(() => world.rang.length === 1);
    expect(world.names()).toStrictEqual(['tea']);
  });

  it('are looked up when events set some of their kind, and not for those of another', async () => {
    const looks = jest.spyOn(world.readModels, 'queryServed');
    const looksAt = (kind: string): number => looks.mock.calls.filter(([, { key }]) => key === kind).length;
    await world.run(world.ring, undefined, { birthday: () => TE.right(undefined) });
    await eventually(() => looksAt('birthday') > 0 && looksAt('alarm') > 0);
    const before = { birthday: looksAt('birthday'), alarm: looksAt('alarm') };
    await world.set('tea', world.clock.now() + HOUR);
    await eventually(() => {
      world.clock.move(1);
      return looksAt('alarm') > before.alarm;
    });
    expect(looksAt('birthday')).toBe(before.birthday);
  });

  it('are looked up now and then while none is due, and are on time all the same', async () => {
    const start = world.clock.now();
    await world.set('tea', start + HOUR);
    await soon(async () => (await world.standing()) === 1);
    const query = jest.spyOn(world.readModels, 'queryServed');
    await world.run();
    for (let second = 1; second < 3_600; second++) {
      world.clock.move(1_000);
      await new Promise(setImmediate);
    }
    expect(query.mock.calls.length).toBeLessThan(1_000);
    world.clock.set(1_000);
    await soon(() => world.rang.length === 1);
    expect(world.rang).toStrictEqual([{ name: 'tea', at: start + HOUR }]);
  });

  it('are noticed while it runs, by the events that set them', async () => {
    await world.run();
    await world.set('now', world.clock.now());
    await eventually(() => {
      world.clock.move(1);
      return world.rang.length === 1;
    });
  });

  it('that came while nobody ran are carried out at the start, the longest overdue first', async () => {
    const start = world.clock.now();
    for (let n = 0; n < 30; n++) await world.set(`alarm-${n}`, start + 30_000 - n * 1_000);
    world.clock.move(HOUR);
    await soon(async () => (await world.standing()) === 30);
    await world.run();
    await soon(async () => (await world.standing()) === 0);
    expect(world.names()).toStrictEqual(Array.from({ length: 30 }, (_, n) => `alarm-${29 - n}`));
  });

  it('whose handler fails are tried again with longer and longer pauses, and hold up nobody', async () => {
    let tries = 0;
    world.failWhen((name) => name === 'broken' && ++tries < 4);
    await world.set('broken', world.clock.now());
    await world.set('sound', world.clock.now());
    await soon(async () => (await world.standing()) === 2);
    await world.run();
    await soon(() => world.rang.length === 1);
    expect(world.names()).toStrictEqual(['sound']);
    for (const pause of [1_000, 2_000, 4_000]) {
      const before: number = tries;
      world.clock.move(pause - 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(tries).toBe(before);
      world.clock.move(1);
      await soon(() => tries === before + 1);
    }
    await soon(async () => (await world.standing()) === 0);
    expect(world.names()).toStrictEqual(['sound', 'broken']);
  });

  it('do not stop for good when the read models are away for a while', async () => {
    await world.set('tea', world.clock.now() + 1_000);
    await soon(async () => (await world.standing()) === 1);
    world.readModels.unavailable = true;
    await world.run();
    await eventually(() => world.log.lines.some((line) => line.includes('cannot be looked up')));
    world.readModels.unavailable = false;
    await eventually(() => {
      world.clock.move(1_000);
      return world.rang.length === 1;
    });
  });

  it('all come when the clock jumps ahead; when it is set back, each waits for its moment and none is lost', async () => {
    const start = world.clock.now();
    for (const [name, after] of [
      ['one', HOUR],
      ['two', 2 * HOUR],
      ['three', 3 * HOUR],
    ] as const)
      await world.set(name, start + after);
    await soon(async () => (await world.standing()) === 3);
    await world.run();
    world.clock.move(2 * HOUR);
    await soon(() => world.rang.length === 2);
    world.clock.move(-2 * HOUR);
    await soon(async () => (await world.standing()) === 1);
    expect(world.names()).toStrictEqual(['one', 'two']);
    world.clock.move(3 * HOUR);
    await soon(() => world.rang.length === 3);
  });

  it('may be carried out by two runners at once: what they lead to ends them all the same', async () => {
    for (let n = 0; n < 10; n++) await world.set(`alarm-${n}`, world.clock.now() + 1_000);
    await Promise.all([world.run(), world.run()]);
    world.clock.move(1_000);
    await eventually(async () => {
      world.clock.move(1_000);
      return (await world.standing()) === 0;
    });
    expect(new Set(world.names()).size).toBe(10);
  });

  it('are many at one moment: all are carried out, page by page', async () => {
    const at = world.clock.now() + 1_000;
    for (let n = 0; n < 2_500; n++) await world.set(`alarm-${n}`, at);
    await soon(async () => (await world.standing()) === 2_500);
    await world.run();
    world.clock.move(1_000);
    // The next are begun when the views have followed, for which time has to pass.
    await eventually(() => {
      world.clock.move(10);
      return world.rang.length === 2_500;
    });
  });

  it('are many at one moment: the views follow before the next are begun, unless they do not follow at all', async () => {
    const at = world.clock.now();
    await world.setAll(Array.from({ length: 600 }, (_, n) => ({ name: `alarm-${n}`, at })));
    await soon(async () => (await world.standing()) === 600);
    await world.stopProjecting();
    await world.run();
    await soon(() => world.rang.length === 450);
    await eventually(() => {
      world.clock.move(1_000);
      return new Set(world.names()).size === 600;
    });
  });

  it('that cannot be carried out hide none behind them, however many they are', async () => {
    const start = world.clock.now();
    world.failWhen((name) => name.startsWith('broken'));
    const broken = Array.from({ length: 10_500 }, (_, n) => ({ name: `broken-${n}`, at: start - 1_000 }));
    await world.setAll([...broken, { name: 'sound', at: start }]);
    await soon(async () => (await world.standing()) === 10_501);
    await world.run();
    await soon(() => world.rang.length === 1);
    // Now all of them are held back: what comes later is looked at all the same.
    await world.set('later', world.clock.now() + 10);
    await soon(async () => (await world.standing()) === 10_501);
    world.clock.move(10);
    await soon(() => world.rang.length === 2);
    expect(world.names()).toStrictEqual(['sound', 'later']);
  });

  describe('of which what is urgent is done in bulk', () => {
    const MANY = 1_200;
    const alarms = (many: number) => Array.from({ length: many }, (_, n) => ({ name: `alarm-${n}`, at: 0 }));
    /** Those that follow rest now and then. */
    const passing = (check: () => boolean | Promise<boolean>): Promise<boolean> =>
      eventually(() => {
        world.clock.move(1);
        return check();
      });
    /** What is told in bulk, in order, and how many had rung by then. */
    const inBulk = () => {
      const told: Array<{ readonly name: string; readonly rang: number }> = [];
      const tell: InBulk = async (deadlines) =>
        void told.push(...deadlines.map(({ ref }) => ({ name: ref['name'] ?? '', rang: world.rang.length })));
      return { told, tell };
    };

    it('have that done for all of them first, each once, and then each is carried out', async () => {
      const { told, tell } = inBulk();
      await world.setAll(alarms(MANY));
      await passing(async () => (await world.standing()) === MANY);
      await world.run(world.ring, tell);
      await passing(async () => (await world.standing()) === 0);
      expect(new Set(told.map(({ name }) => name)).size).toBe(MANY);
      expect(told).toHaveLength(MANY);
      expect(told.at(-1)?.rang).toBeLessThan(MANY / 4);
      expect(new Set(world.names()).size).toBe(MANY);
    });

    it('are only carried out where they are few', async () => {
      const { told, tell } = inBulk();
      await world.setAll(alarms(20));
      await passing(async () => (await world.standing()) === 20);
      await world.run(world.ring, tell);
      await passing(async () => (await world.standing()) === 0);
      expect(told).toStrictEqual([]);
    });

    it('have it done as soon as they come, while others are still being carried out', async () => {
      const { told, tell } = inBulk();
      await world.setAll(alarms(MANY));
      await passing(async () => (await world.standing()) === MANY);
      world.failWhen(() => true);
      await world.run(world.ring, tell);
      await passing(() => told.length === MANY);
      await world.set('late', world.clock.now() + 1);
      await passing(() => told.length === MANY + 1);
      expect(told.at(-1)?.name).toBe('late');
    });
  });
});
