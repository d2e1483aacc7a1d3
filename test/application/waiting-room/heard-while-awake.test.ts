import { inProcessPresence } from '../../../src/adapters/embedded/in-process.js';
import { type Presence } from '../../../src/application/ports/presence.js';
import { heardWhileAwake } from '../../../src/application/waiting-room/heard-while-awake.js';
import { answerOf } from '../../support/answer-of.js';
import { movedClock, type MovedClock } from '../../support/moved-clock.js';
import { MINUTE, SECOND } from './world.js';

describe('signs of life', () => {
  let clock: MovedClock;
  let presence: Presence;
  let start: number;
  beforeEach(() => {
    clock = movedClock();
    start = clock.now();
    presence = heardWhileAwake(inProcessPresence(clock.now), clock);
    presence.touch('ana', start);
  });
  const run = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) clock.move(SECOND);
  };
  const told = async () => [await answerOf(presence.lastSeen('ana')), await answerOf(presence.since())];

  it('grow old while somebody listens for them', async () => {
    run(600);
    expect(await told()).toStrictEqual([start, start]);
  });

  it('do not grow old while the process stands still, nor does anybody have to claim a place in that time', async () => {
    run(10);
    clock.move(6 * MINUTE);
    const awake = clock.now();
    run(60);
    expect(await told()).toStrictEqual([awake, awake]);
  });

  it('do not grow old because the clock is set ahead, and are none of the future when it is set right', async () => {
    run(10);
    clock.set(60 * MINUTE);
    expect(await told()).toStrictEqual([clock.now(), clock.now()]);
    clock.set(-60 * MINUTE);
    expect(await told()).toStrictEqual([clock.now(), clock.now()]);
  });
});
