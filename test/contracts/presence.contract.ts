import { either as E } from 'fp-ts';
import { type Presence } from '../../src/application/ports/presence.js';
import { eventually } from '../support/eventually.js';

export interface PresenceSetting {
  readonly presence: Presence;
  /** Epoch milliseconds, of the presence's own clock. */
  readonly now: () => number;
  readonly close: () => Promise<void>;
}

/** What every memory of signs of life promises. */
export const presenceContract = (name: string, open: () => Promise<PresenceSetting>): void => {
  describe(`signs of life ${name}`, () => {
    let setting: PresenceSetting;
    beforeEach(async () => {
      setting = await open();
    });
    afterEach(() => setting.close());
    const lastSeen = async (tokenId: string): Promise<number> => {
      const seen = await setting.presence.lastSeen(tokenId)();
      if (E.isLeft(seen)) throw new Error(seen.left);
      return seen.right;
    };

    it('are remembered, the last one of each', async () => {
      const { presence, now } = setting;
      await lastSeen('nobody');
      const at = now() + 10_000;
      presence.touch('a', at);
      presence.touch('a', at + 5);
      presence.touch('b', at + 1);
      await eventually(async () => {
        expect([await lastSeen('a'), await lastSeen('b')]).toStrictEqual([at + 5, at + 1]);
      });
    });

    it('that may only have been forgotten count as given when memory began', async () => {
      const { presence, now } = setting;
      const since = await presence.since()();
      if (E.isLeft(since)) throw new Error(since.left);
      expect(since.right).toBeLessThanOrEqual(now());
      expect(await lastSeen('nobody')).toBe(since.right);
      presence.touch('long-ago', since.right - 60_000);
      expect(await lastSeen('long-ago')).toBeGreaterThanOrEqual(since.right - 60_000);
    });
  });
};
