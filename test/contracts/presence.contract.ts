import { either as E, taskEither as TE } from 'fp-ts';
import { presentWhileListening } from '../../src/application/notices/present-while-listening.js';
import { type Presence } from '../../src/application/ports/presence.js';
import { userPresence } from '../../src/application/waiting-room/user-presence.js';
import { eventually } from '../support/eventually.js';
import { movedClock } from '../support/moved-clock.js';

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

    it('are given for who listens on two processes as long as one of the streams is answered, and not after', async () => {
      const { presence, now } = setting;
      await lastSeen('nobody');
      const [start, everyMs] = [now() + 10_000, 1_000];
      const clock = movedClock(start);
      const listen = async (silentMs: () => number) => {
        const connect = () => TE.right(() => undefined);
        const listener = { begin: () => undefined, hear: () => undefined };
        const present = presentWhileListening({ connect, presence, clock, everyMs });
        await present.connect({ userId: 'ana', since: null, listener, silentMs })();
        return present;
      };
      const silent = await listen(clock.elapsed);
      const living = await listen(() => 0);
      for (let passed = everyMs; passed <= 5 * everyMs; passed += everyMs) {
        clock.move(everyMs);
        await eventually(async () => expect(await lastSeen(userPresence('ana'))).toBe(start + passed));
      }
      living.stop();
      clock.move(20 * everyMs);
      presence.touch('afterwards', clock.now());
      await eventually(async () => expect(await lastSeen('afterwards')).toBe(clock.now()));
      expect(await lastSeen(userPresence('ana'))).toBe(start + 5 * everyMs);
      silent.stop();
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
