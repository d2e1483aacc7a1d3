import { option as O } from 'fp-ts';
import { type DataKeys } from '../../src/application/ports/data-keys.js';
import { answerOf } from '../support/answer-of.js';

export interface OpenedDataKeys {
  readonly keys: DataKeys;
  /** Of another process. */
  readonly other: DataKeys;
  /** The same after the process ended. */
  readonly reopen: () => Promise<OpenedDataKeys>;
  readonly close: () => Promise<void>;
}

const found = async (keys: DataKeys, userId: string): Promise<string | null> => {
  const key = await answerOf(keys.find(userId));
  return O.isSome(key) ? Buffer.from(key.value).toString() : null;
};

/** What every place that keeps the keys of personal data promises. */
export const dataKeysContract = (name: string, open: () => Promise<OpenedDataKeys>): void => {
  describe(`the keys of personal data ${name}`, () => {
    it('are kept for each user, also after the process ended', async () => {
      const { keys, reopen } = await open();
      expect(await found(keys, 'ana')).toBeNull();
      await answerOf(keys.offer('ana', Buffer.from('key of ana')));
      await answerOf(
        keys.offer('ben', Buffer.from('another key, as long as a key management service makes it'.repeat(9))),
      );
      const again = await reopen();
      expect(await found(again.keys, 'ana')).toBe('key of ana');
      expect(await found(again.keys, 'ben')).toHaveLength(513);
      await again.close();
    });

    it('are one for each user, also if two processes offer one at once', async () => {
      const { keys, other, close } = await open();
      const offered = [keys.offer('ana', Buffer.from('one')), other.offer('ana', Buffer.from('two'))];
      const kept = await Promise.all(offered.map(async (offer) => Buffer.from(await answerOf(offer)).toString()));
      expect(kept[0]).toMatch(/^(one|two)$/);
      expect(kept[1]).toBe(kept[0]);
      expect(await found(other, 'ana')).toBe(kept[0]);
      expect(Buffer.from(await answerOf(keys.offer('ana', Buffer.from('late')))).toString()).toBe(kept[0]);
      await close();
    });

    it('are gone for everybody once destroyed, and only those; a new one is another one', async () => {
      const { keys, other, reopen } = await open();
      await answerOf(keys.offer('ana', Buffer.from('of ana')));
      await answerOf(keys.offer('ben', Buffer.from('of ben')));
      expect(await answerOf(keys.destroy('ana'))).toBe(true);
      expect(await answerOf(other.destroy('ana'))).toBe(false);
      expect(await answerOf(keys.destroy('nobody'))).toBe(false);
      expect(await found(other, 'ana')).toBeNull();
      expect(await found(other, 'ben')).toBe('of ben');
      const again = await reopen();
      expect(await found(again.keys, 'ana')).toBeNull();
      await answerOf(again.keys.offer('ana', Buffer.from('anew')));
      expect(await found(again.other, 'ana')).toBe('anew');
      expect(await answerOf(again.keys.destroy('ana'))).toBe(true);
      expect(await found(again.other, 'ana')).toBeNull();
      await again.close();
    });
  });
};
