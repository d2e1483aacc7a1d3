import { inProcessPresence } from '../../../src/adapters/embedded/in-process.js';
import { type Presence } from '../../../src/application/ports/presence.js';
import {
  ANNOUNCED_EVERY_MS,
  announceApi,
  presenceWhileAnswered,
} from '../../../src/application/waiting-room/presence-while-answered.js';
import { answerOf } from '../../support/answer-of.js';
import { movedClock, type MovedClock } from '../../support/moved-clock.js';
import { MINUTE } from './world.js';

describe('signs of life', () => {
  let clock: MovedClock;
  let memory: Presence;
  let presence: Presence;
  let start: number;
  let queriesFollow: boolean;
  beforeEach(() => {
    clock = movedClock();
    start = clock.now();
    memory = inProcessPresence(clock.now);
    queriesFollow = true;
    presence = presenceWhileAnswered(memory, clock, () => Promise.resolve(queriesFollow));
    presence.touch('ana', start);
  });
  /** `aheadMs`: how far the clock of the process that takes the signs is ahead of this one's; null: there is none. */
  const run = async (minutes: number, aheadMs: number | null = 0): Promise<void> => {
    for (let ms = 0; ms < minutes * MINUTE; ms += ANNOUNCED_EVERY_MS) {
      if (aheadMs !== null) announceApi(memory, { now: () => clock.now() + aheadMs });
      clock.move(ANNOUNCED_EVERY_MS);
      await new Promise(setImmediate);
    }
  };
  const told = async () => [await answerOf(presence.lastSeen('ana')), await answerOf(presence.since())];

  it.each([0, -MINUTE, MINUTE])('grow old while a process takes them, whose clock is %i ms ahead', async (aheadMs) => {
    await run(10, aheadMs);
    expect(await told()).toStrictEqual([start, start]);
  });

  it('do not grow old while no process takes them, nor for that time once one does again', async () => {
    await run(1);
    await run(10, null);
    const back = clock.now();
    expect(await told()).toStrictEqual([back, back]);
    await run(2);
    const [lastSeen = 0] = await told();
    expect(Math.abs(lastSeen - back)).toBeLessThanOrEqual(ANNOUNCED_EVERY_MS);
  });

  it('do not grow old while nobody can see that it is their turn, nor for that time once they can', async () => {
    await run(1);
    queriesFollow = false;
    await run(10);
    queriesFollow = true;
    const back = clock.now();
    expect(await told()).toStrictEqual([back, back]);
    await run(2);
    expect(await told()).toStrictEqual([back, back]);
  });

  it('are none of the future when the clock is set back', async () => {
    await run(10, null);
    clock.set(-60 * MINUTE);
    expect(await told()).toStrictEqual([start, start]);
  });
});
