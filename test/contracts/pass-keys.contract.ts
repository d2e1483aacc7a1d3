import { either as E, type taskEither as TE } from 'fp-ts';
import { type PassKeys } from '../../src/application/ports/pass-keys.js';

export interface PassKeysSetting {
  readonly one: PassKeys;
  /** Of another process, or of this one after a restart. */
  readonly other: PassKeys;
  readonly close: () => Promise<void>;
}

const must = async <L, A>(call: TE.TaskEither<L, A>): Promise<A> => {
  const answer = await call();
  if (E.isLeft(answer)) throw new Error(String(answer.left));
  return answer.right;
};

/** What every place that keeps the keys of passes promises. */
export const passKeysContract = (name: string, open: () => Promise<PassKeysSetting>): void => {
  describe(`the keys of passes ${name}`, () => {
    it('are one for each epoch, whoever offers first, seen by all, until they are dropped', async () => {
      const { one, other, close } = await open();
      await Promise.all([must(one.offer({ epoch: 20_001, key: 'a' })), must(other.offer({ epoch: 20_001, key: 'b' }))]);
      await must(one.offer({ epoch: 20_002, key: 'c' }));
      const [here, there] = [await must(one.all()), await must(other.all())];
      expect([...there].sort((a, b) => a.epoch - b.epoch)).toStrictEqual([...here].sort((a, b) => a.epoch - b.epoch));
      expect(here.find(({ epoch }) => epoch === 20_001)?.key).toMatch(/^[ab]$/);
      expect(here).toHaveLength(2);
      await must(one.dropBefore(20_002));
      expect(await must(other.all())).toStrictEqual([{ epoch: 20_002, key: 'c' }]);
      await close();
    });
  });
};
