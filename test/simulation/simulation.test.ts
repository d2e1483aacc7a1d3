import { chance } from '../support/world/chance.js';
import { timeline } from '../support/world/timeline.js';
import { simulate, type Simulated } from './simulate.js';

/** `npm run simulate` runs ten thousand; here as many as show that the worlds are what they should be. */
const SEEDS = 25;
/** Some things happen in few worlds: it goes on until each has happened, but not for ever. */
const MOST_SEEDS = 500;

const MUST_HAPPEN = [
  'CouponIssued',
  'CouponRequestRejected',
  'TokenActivated',
  'TokenExpired',
  'TokenCompleted',
  'AdmissionResumed',
  'EventOpened',
  'OrderConfirmed',
  'OrderCancelled',
  'PaymentRefunded',
  'StockReleased',
  'HoldsExpired',
  'PointsDeducted',
  'StreamParked',
  'StreamReleased',
  'DeadLetterReplayed',
];

const told = ({ deployment, faults, steps }: Simulated) => ({ events: deployment.events.all, faults, steps });

describe('a shop in a world where everything goes wrong', () => {
  it('keeps its promises', async () => {
    const happened = new Set<string>();
    const isMissing = (type: string): boolean => !happened.has(type);
    // A world in which nothing happens would prove nothing.
    for (let seed = 1; seed <= SEEDS || (MUST_HAPPEN.some(isMissing) && seed <= MOST_SEEDS); seed += 1) {
      const { faults, deployment } = await simulate(seed);
      expect({ seed, faults }).toStrictEqual({ seed, faults: [] });
      for (const { event } of deployment.events.all) happened.add(event.type);
    }
    expect(MUST_HAPPEN.filter(isMissing)).toEqual([]);
  });

  it('is the same again with the same seed, down to each step', async () => {
    expect(told(await simulate(7))).toStrictEqual(told(await simulate(7)));
  });
});

describe('time in a simulated world', () => {
  it('passes only while nobody has a turn to take, and wakes in the order of the moments', async () => {
    const time = timeline(chance(1));
    const seen: string[] = [];
    const note = (what: string) => (): void => void seen.push(`${what} at ${time.elapsed()}`);
    void time.sleep(2_000).then(note('late'));
    void time.sleep(1_000).then(note('early'));
    time.wakeIn(1_500, note('never'))();
    void time.turn().then(note('turn'));
    expect(await time.run(() => seen.length === 3, 5_000)).toBe(true);
    expect(seen).toStrictEqual(['turn at 0', 'early at 1000', 'late at 2000']);
  });

  it('makes due at once what came due while everything stood still', async () => {
    const time = timeline(chance(1));
    let rung = 0;
    const ring = (): void =>
      void time
        .sleep(1_000)
        .then(() => (rung += 1))
        .then(ring);
    ring();
    time.standStill(10_000);
    await time.run(() => false, 10_500);
    expect(rung).toBe(1);
  });
});
