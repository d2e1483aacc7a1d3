import { sharedNext } from '../../../src/application/kernel/shared-next.js';

const calls = () => {
  const begun: Array<{ readonly answer: (value: number) => void; readonly fail: (error: Error) => void }> = [];
  const ask = sharedNext(() => new Promise<number>((answer, fail) => begun.push({ answer, fail })));
  return { begun, ask };
};
const turn = (): Promise<void> => new Promise(setImmediate);

test('who asks while a call is under way is answered by the one after it, all of them by one', async () => {
  const { begun, ask } = calls();
  const first = ask();
  await turn();
  const later = [ask(), ask(), ask()];
  await turn();
  expect(begun).toHaveLength(1);
  begun[0]?.answer(1);
  expect(await first).toBe(1);
  await turn();
  expect(begun).toHaveLength(2);
  begun[1]?.answer(2);
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
});

test('a call that fails, fails for those who share it, and the next is made all the same', async () => {
  const { begun, ask } = calls();
  const first = ask();
  await turn();
  const next = ask();
  begun[0]?.fail(new Error('cut off'));
  await expect(first).rejects.toThrow('cut off');
  await turn();
  begun[1]?.answer(2);
  expect(await next).toBe(2);
});
