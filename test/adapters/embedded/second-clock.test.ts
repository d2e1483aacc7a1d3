import { either as E } from 'fp-ts';
import { steadyClock, type SteadyClock } from '../../../src/adapters/embedded/second-clock/index.js';

const MINUTE = 60_000;

describe('the clock of a single machine', () => {
  let wall: number;
  let passed: number;
  let clock: SteadyClock;
  beforeEach(() => {
    [wall, passed] = [Date.UTC(2026, 0, 1), 1_000];
    clock = steadyClock({ now: () => wall, passed: () => passed });
  });
  afterEach(() => clock.close());

  const pass = (ms: number): void => {
    wall += ms;
    passed += ms;
  };
  const now = async (): Promise<number> => {
    const read = await clock.now()();
    return E.isRight(read) ? read.right : NaN;
  };

  it('goes as time passes', async () => {
    pass(12_345);
    expect(await now()).toBe(wall);
  });

  it('answers also where a machine is so busy that it never reads both at once', async () => {
    const busy = steadyClock({ now: () => wall, passed: () => (passed += 7) });
    expect(await busy.now()()).toEqual(E.right(wall));
    busy.close();
  });

  it('is not followed when it jumps ahead, and is believed again as soon as it is set right', async () => {
    const before = wall;
    pass(1_000);
    wall += 60 * MINUTE;
    expect(await now()).toBe(before + 1_000);
    pass(30_000);
    expect(await now()).toBe(before + 31_000);
    wall -= 60 * MINUTE;
    expect(await now()).toBe(wall);
  });

  it('is believed after a minute when it stays ahead, and not while it goes on jumping', async () => {
    wall += 60 * MINUTE;
    for (let seconds = 0; seconds < 59; seconds += 1) {
      expect(await now()).toBe(wall - 60 * MINUTE);
      pass(1_000);
    }
    wall += 60 * MINUTE;
    expect(await now()).toBe(wall - 120 * MINUTE);
    pass(MINUTE - 1);
    expect(await now()).toBe(wall - 120 * MINUTE);
    pass(1);
    expect(await now()).toBe(wall);
  });

  it('falls no further behind, however long the clock is set ahead a little again and again', async () => {
    for (let day = 0; day < 24 * 60 * MINUTE; day += 30_000) {
      pass(30_000);
      wall += 6;
      expect(wall - (await now())).toBeLessThan(100);
    }
  });

  it('is followed at once when it is set back', async () => {
    pass(MINUTE);
    wall -= 60 * MINUTE;
    expect(await now()).toBe(wall);
    pass(500);
    expect(await now()).toBe(wall);
  });
});
