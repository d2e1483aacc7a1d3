import { seats } from '../../../../src/adapters/http/sse/seats.js';

describe('places for streams', () => {
  const open = (most: object) => seats({ inAll: 100, perUser: 100, perAddress: 100, ...most });

  it.each([
    ['in all', { inAll: 2 }, ['c', '3']],
    ['for one user, whatever their address', { perUser: 2 }, ['a', '3']],
    ['for one address, whatever users it names', { perAddress: 2 }, ['c', '1']],
  ] as const)('are bounded %s, and free again when given back', (_, most, [user, address]) => {
    const { take } = open(most);
    const first = take('a', '1');
    expect(take('a', '1')).not.toBeNull();
    expect(take(user, address)).toBeNull();
    first?.();
    expect(take(user, address)).not.toBeNull();
  });

  it('are given back once, however often that is said', () => {
    const { take } = open({ inAll: 1 });
    const giveBack = take('a', '1');
    giveBack?.();
    giveBack?.();
    expect(take('a', '1')).not.toBeNull();
    expect(take('b', '2')).toBeNull();
  });

  it('of others are not touched by who takes all of theirs', () => {
    const { take } = open({ perAddress: 3 });
    for (let n = 0; n < 10; n += 1) take(`invented-${n}`, 'bot');
    expect(take('ana', 'home')).not.toBeNull();
  });

  it('are not limited by address for a service that listens for all users', () => {
    const { take } = open({ perAddress: 1 });
    for (let n = 0; n < 10; n += 1) expect(take(`user-${n}`, null)).not.toBeNull();
  });
});
