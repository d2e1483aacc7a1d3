import { type SigningKeys } from '../../src/application/ports/signing-keys.js';
import { answerOf } from '../support/answer-of.js';

export interface SigningKeysSetting {
  readonly one: SigningKeys;
  /** Of another process, or of this one after a restart. */
  readonly other: SigningKeys;
  readonly close: () => Promise<void>;
}

/** What every place that keeps signing keys promises. */
export const signingKeysContract = (name: string, open: () => Promise<SigningKeysSetting>): void => {
  describe(`the signing keys ${name}`, () => {
    it('are one for each epoch, whoever offers first, seen by all, until they are dropped', async () => {
      const { one, other, close } = await open();
      await Promise.all([
        answerOf(one.offer({ epoch: 20_001, key: 'a' })),
        answerOf(other.offer({ epoch: 20_001, key: 'b' })),
      ]);
      await answerOf(one.offer({ epoch: 20_002, key: 'c' }));
      const [here, there] = [await answerOf(one.all()), await answerOf(other.all())];
      expect([...there].sort((a, b) => a.epoch - b.epoch)).toStrictEqual([...here].sort((a, b) => a.epoch - b.epoch));
      expect(here.find(({ epoch }) => epoch === 20_001)?.key).toMatch(/^[ab]$/);
      expect(here).toHaveLength(2);
      await answerOf(one.dropBefore(20_002));
      expect(await answerOf(other.all())).toStrictEqual([{ epoch: 20_002, key: 'c' }]);
      await close();
    });
  });
};
