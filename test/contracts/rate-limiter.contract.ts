import { randomUUID } from 'node:crypto';
import { type OpenRateLimiter } from '../../src/application/ports/rate-limiter.js';
import { eventually } from '../support/eventually.js';

/** What every counter of requests promises. `openAnother`: as another process would. */
export const rateLimiterContract = (
  name: string,
  ports: () => { readonly open: OpenRateLimiter; readonly openAnother?: OpenRateLimiter },
): void => {
  describe(`${name}, a counter of requests`, () => {
    const own = () => randomUUID();

    it('lets as many through as the quota says, of however many come at once', async () => {
      const limiter = ports().open(own(), { requests: 5, seconds: 60 });
      const spent = await Promise.all(Array.from({ length: 100 }, () => limiter.spend('ana')));
      expect(spent.filter(({ isWithin }) => isWithin)).toHaveLength(5);
      expect(spent.map(({ remaining }) => remaining).slice(0, 6)).toEqual([4, 3, 2, 1, 0, 0]);
      for (const { resetMs } of spent) {
        expect(resetMs).toBeGreaterThan(0);
        expect(resetMs).toBeLessThanOrEqual(60_000);
      }
    });

    it('counts one for several, and never for more than all there are', async () => {
      const limiter = ports().open(own(), { requests: 5, seconds: 60 });
      expect(await limiter.spend('ana', 3)).toMatchObject({ isWithin: true, remaining: 2 });
      expect(await limiter.spend('ana', 3)).toMatchObject({ isWithin: false, remaining: 0 });
      expect(await limiter.spend('ben', 100)).toMatchObject({ isWithin: true, remaining: 0 });
      expect(await limiter.spend('ben')).toMatchObject({ isWithin: false });
    });

    it('counts each key, and each name, by itself', async () => {
      const limiter = ports().open(own(), { requests: 1, seconds: 60 });
      const other = ports().open(own(), { requests: 1, seconds: 60 });
      expect(await limiter.spend('ana')).toMatchObject({ isWithin: true });
      expect(await limiter.spend('ben')).toMatchObject({ isWithin: true });
      expect(await other.spend('ana')).toMatchObject({ isWithin: true });
      expect(await limiter.spend('ana')).toMatchObject({ isWithin: false });
    });

    it('lets through again when the window is over', async () => {
      const limiter = ports().open(own(), { requests: 1, seconds: 1 });
      await limiter.spend('ana');
      expect(await limiter.spend('ana')).toMatchObject({ isWithin: false });
      await eventually(async () => expect(await limiter.spend('ana')).toMatchObject({ isWithin: true }));
    });

    it('counts together with the other processes, where there are any', async () => {
      const { open, openAnother = null } = ports();
      const quota = { requests: 2, seconds: 60 };
      const shared = own();
      const here = open(shared, quota);
      const there = openAnother === null ? here : openAnother(shared, quota);
      await here.spend('ana');
      await there.spend('ana');
      expect(await here.spend('ana')).toMatchObject({ isWithin: false });
      expect(await there.spend('ana')).toMatchObject({ isWithin: false });
    });
  });
};
