import { either as E, option as O } from 'fp-ts';
import { type ChallengePolicy } from '../../../../src/domain/challenge-policy.js';
import { recentPolicy } from '../../../../src/application/kernel/challenge/recent-policy.js';

const world = (first: ChallengePolicy | null) => {
  let [now, reads, isAway] = [1_000_000, 0, false];
  let slow: Promise<unknown> = Promise.resolve();
  const wakes = new Set<() => void>();
  let policy = first;
  const read = () => async () => {
    reads += 1;
    await slow;
    return isAway ? E.left('ReadModelsUnavailable') : E.right(O.fromNullable(policy));
  };
  return {
    policyOf: recentPolicy(read, {
      elapsed: () => now,
      wakeIn: (_, wake) => {
        wakes.add(wake);
        return () => void wakes.delete(wake);
      },
    }),
    reads: () => reads,
    set: (next: ChallengePolicy) => (policy = next),
    goAway: () => (isAway = true),
    slowDown: () => (slow = new Promise(() => undefined)),
    waiting: () => wakes.size,
    waitNoLonger: () => wakes.forEach((wake) => wake()),
    later: async () => {
      now += 1_001;
      // The look at the clock is remembered for a millisecond.
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
};

describe('the challenge policy of a thing', () => {
  it('is read once for all who ask within a second', async () => {
    const { policyOf, reads } = world('NEVER');
    await Promise.all(Array.from({ length: 100 }, () => policyOf('spring')));
    expect(policyOf('spring')).toBe('NEVER');
    expect(reads()).toBe(1);
  });

  it('is in force a second after it changed', async () => {
    const { policyOf, set, later } = world('NEVER');
    await policyOf('spring');
    set('ALWAYS');
    await later();
    expect(await policyOf('spring')).toBe('ALWAYS');
  });

  it('stays what it was while it cannot be read', async () => {
    const { policyOf, reads, goAway, later } = world('ALWAYS');
    await policyOf('spring');
    goAway();
    await later();
    expect(await policyOf('spring')).toBe('ALWAYS');
    expect(reads()).toBe(2);
  });

  it('is not waited for while reading it takes long: what it was holds, and none where it was never known', async () => {
    const { policyOf, slowDown, later, waiting, waitNoLonger } = world('ALWAYS');
    await policyOf('spring');
    expect(waiting()).toBe(0);
    void slowDown();
    await later();
    const [spring, summer] = [policyOf('spring'), policyOf('summer')];
    expect(waiting()).toBe(2);
    waitNoLonger();
    expect(await spring).toBe('ALWAYS');
    expect(await summer).toBe('NEVER');
    expect(waiting()).toBe(0);
  });

  it('is none for an unknown thing, and while it could never be read', async () => {
    const unknown = world(null);
    expect(await unknown.policyOf('spring')).toBe('NEVER');
    unknown.set('ALWAYS');
    expect(await unknown.policyOf('spring')).toBe('ALWAYS');
    const away = world('ALWAYS');
    away.goAway();
    expect(await away.policyOf('spring')).toBe('NEVER');
  });
});
