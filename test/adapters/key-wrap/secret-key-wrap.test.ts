import { either as E } from 'fp-ts';
import { noKeyWrap, secretKeyWrap } from '../../../src/adapters/key-wrap/secret-key-wrap.js';
import { checkKeyWrap } from '../../../src/application/kernel/personal-data/check-key-wrap.js';
import { answerOf } from '../../support/answer-of.js';
import { inMemoryDataKeys } from '../../support/in-memory/data-keys.js';

const [secret, other] = [secretKeyWrap('a secret of the shop '.repeat(2)), secretKeyWrap('another secret '.repeat(3))];

it('wraps keys of 256 bits that only the same secret unwraps', async () => {
  const { key, wrapped } = await answerOf(secret.create());
  expect(key).toHaveLength(32);
  expect(Buffer.from(wrapped).includes(Buffer.from(key))).toBe(false);
  expect(Buffer.from(await answerOf(secret.unwrap(wrapped))).equals(key)).toBe(true);
  expect(await other.unwrap(wrapped)()).toStrictEqual(E.left('WrongKey'));
  expect(await noKeyWrap.unwrap(wrapped)()).toStrictEqual(E.left('WrongKey'));
});

it('refuses a wrapped key that was changed or cut', async () => {
  const { wrapped } = await answerOf(secret.create());
  for (const at of [0, 1, 20, wrapped.length - 1]) {
    const changed = Buffer.from(wrapped);
    changed.writeUInt8((changed[at] ?? 0) ^ 4, at);
    expect(await secret.unwrap(changed)()).toStrictEqual(E.left('WrongKey'));
  }
  expect(await secret.unwrap(wrapped.subarray(0, 40))()).toStrictEqual(E.left('WrongKey'));
  expect(await secret.unwrap(new Uint8Array())()).toStrictEqual(E.left('WrongKey'));
});

it('reads keys that were stored before there was a secret', async () => {
  const { key, wrapped } = await answerOf(noKeyWrap.create());
  expect(Buffer.from(await answerOf(secret.unwrap(wrapped))).equals(key)).toBe(true);
});

describe('at the start', () => {
  it('a secret is accepted that the keys were wrapped with, and no other', async () => {
    const keys = inMemoryDataKeys();
    expect(E.isRight(await checkKeyWrap(keys, secret)())).toBe(true);
    expect(E.isRight(await checkKeyWrap(keys, secret)())).toBe(true);
    expect(await checkKeyWrap(keys, other)()).toStrictEqual(E.left('WrongKey'));
    expect(await checkKeyWrap(keys, noKeyWrap)()).toStrictEqual(E.left('WrongKey'));
  });

  it('a secret can be introduced later, and is needed from then on', async () => {
    const keys = inMemoryDataKeys();
    expect(E.isRight(await checkKeyWrap(keys, noKeyWrap)())).toBe(true);
    expect(E.isRight(await checkKeyWrap(keys, secret)())).toBe(true);
    expect(await checkKeyWrap(keys, noKeyWrap)()).toStrictEqual(E.left('WrongKey'));
  });
});
