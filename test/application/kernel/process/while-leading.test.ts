import { either as E } from 'fp-ts';
import { type Leading, whileLeading } from '../../../../src/application/kernel/process/while-leading.js';
import { type Leases } from '../../../../src/application/ports/leases.js';
import { eventually } from '../../../support/eventually.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** One lease in memory, in order of asking, that a test can take away from its holder. */
const oneLease = () => {
  let holder: { lost: () => void } | null = null;
  let unavailable = 0;
  const leases: Leases = {
    acquire: (_, signal) => async () => {
      if (unavailable > 0) {
        unavailable -= 1;
        return E.left('LeasesUnavailable');
      }
      while (holder !== null && !signal.aborted) await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return E.left('Aborted');
      const mine = { lost: (): void => undefined };
      holder = mine;
      return E.right({
        onLost: (lost) => {
          mine.lost = lost;
        },
        release: async () => {
          if (holder === mine) holder = null;
        },
      });
    },
  };
  const takeAway = (): void => {
    const lost = holder?.lost;
    holder = null;
    lost?.();
  };
  return { leases, takeAway, failNext: (times: number) => (unavailable = times) };
};

describe('of several processes on one task', () => {
  const running: Leading[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((leading) => leading.stop()));
  });

  const start = (leases: Leases, events: string[], name: string, clock = movedClock()) => {
    const leading = whileLeading({ leases, clock, log: silent }, 'relay', async (stepDown) => {
      events.push(`${name} begins`);
      stepDowns.set(name, stepDown);
      return { stop: async () => void events.push(`${name} ends`) };
    });
    running.push(leading);
    return leading;
  };
  const stepDowns = new Map<string, () => void>();

  test('one works and the other takes over when it stops', async () => {
    const { leases } = oneLease();
    const events: string[] = [];
    const first = start(leases, events, 'first');
    await eventually(() => events.length === 1);
    start(leases, events, 'second');
    await first.stop();
    await eventually(() => events.length === 3);
    expect(events).toEqual(['first begins', 'first ends', 'second begins']);
  });

  test('one that lost its lease ends its task and stands by again', async () => {
    const { leases, takeAway } = oneLease();
    const events: string[] = [];
    start(leases, events, 'only');
    await eventually(() => events.length === 1);
    takeAway();
    await eventually(() => events.length === 3);
    expect(events).toEqual(['only begins', 'only ends', 'only begins']);
  });

  test('one that is overtaken steps down for another', async () => {
    const { leases } = oneLease();
    const events: string[] = [];
    start(leases, events, 'overtaken');
    await eventually(() => events.length === 1);
    stepDowns.get('overtaken')?.();
    await eventually(() => events.includes('overtaken ends'));
  });

  test('leases that are away are asked for again after a while', async () => {
    const { leases, failNext } = oneLease();
    failNext(2);
    const clock = movedClock();
    const events: string[] = [];
    start(leases, events, 'patient', clock);
    await eventually(() => {
      clock.move(1_000);
      return events.length === 1;
    });
  });

  test('a task that cannot begin is tried again after a while, not at full speed', async () => {
    const { leases } = oneLease();
    const clock = movedClock();
    let tries = 0;
    const leading = whileLeading({ leases, clock, log: silent }, 'relay', async () => {
      tries += 1;
      throw new Error('Its engine is away');
    });
    running.push(leading);
    await eventually(() => tries === 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(tries).toBe(1);
    await eventually(() => {
      clock.move(1_000);
      return tries === 3;
    });
  });

  test('that it cannot begin is said once for each cause, and once more when it is over', async () => {
    const { leases } = oneLease();
    const clock = movedClock();
    const log = recordingLog();
    const causes = ['Away', 'Away', 'Away', 'Full'];
    const leading = whileLeading({ leases, clock, log }, 'relay', async () => {
      const cause = causes.shift();
      if (cause !== undefined) throw new Error(cause);
      return { stop: async () => undefined };
    });
    running.push(leading);
    await eventually(() => {
      clock.move(1_000);
      return leading.task() !== null;
    });
    expect(leading.failing()).toBeNull();
    expect(log.lines).toEqual([
      'error a led task failed; it is tried again',
      'error a led task failed; it is tried again',
      'info leading',
    ]);
  });

  test('that one could not begin is over once another leads', async () => {
    const { leases } = oneLease();
    const clock = movedClock();
    const failed = whileLeading({ leases, clock, log: silent }, 'relay', async () => {
      throw new Error('Its engine was away for a moment');
    });
    running.push(failed);
    await eventually(() => expect(failed.failing()).not.toBeNull());
    const events: string[] = [];
    start(leases, events, 'other', clock);
    await eventually(() => events.length === 1);
    await eventually(() => {
      clock.move(1_000);
      expect(failed.failing()).toBeNull();
    });
  });
});
