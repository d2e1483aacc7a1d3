import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { noKeyWrap } from '../../../../src/adapters/key-wrap/secret-key-wrap.js';
import { FORGOTTEN_AFTER_MS, personalData } from '../../../../src/application/kernel/personal-data/personal-data.js';
import { isSealed } from '../../../../src/domain/sealed.js';
import { eventually } from '../../../support/eventually.js';
import { answerOf } from '../../../support/answer-of.js';
import { inMemoryDataKeys } from '../../../support/in-memory/data-keys.js';

const place = { recipient: 'Ana Kim', address: 'Harbour 1, 부산' };
const mine = { userId: 'ana', about: 'order/1' };

const open = (keys = inMemoryDataKeys()) => personalData({ keys, wrap: noKeyWrap });

it('seals what identifies a person so that nobody reads it, and opens it for who asks with the key', async () => {
  const data = open();
  const sealed = await answerOf(data.seal(mine, place));
  expect(isSealed(sealed)).toBe(true);
  expect(sealed).not.toContain('Harbour');
  expect(await answerOf(data.open(mine, sealed))).toStrictEqual(O.some(place));
});

it('seals the same to the same, whatever the order of its fields, so that a repeated request is known', async () => {
  const data = open();
  const sealed = await answerOf(data.seal(mine, place));
  expect(await answerOf(data.seal(mine, { address: place.address, recipient: place.recipient }))).toBe(sealed);
  expect(await answerOf(data.seal(mine, { ...place, address: 'Harbour 2' }))).not.toBe(sealed);
});

it('seals the same address of two orders to different texts', async () => {
  const data = open();
  const sealed = await answerOf(data.seal(mine, place));
  expect(await answerOf(data.seal({ ...mine, about: 'order/2' }, place))).not.toBe(sealed);
});

it('opens nothing that was sealed for somebody or something else, or was changed', async () => {
  const data = open();
  const sealed = await answerOf(data.seal(mine, place));
  await answerOf(data.seal({ ...mine, userId: 'ben' }, place));
  expect(await answerOf(data.open({ ...mine, userId: 'ben' }, sealed))).toStrictEqual(O.none);
  expect(await answerOf(data.open({ ...mine, about: 'order/2' }, sealed))).toStrictEqual(O.none);
  expect(await answerOf(data.open(mine, `${sealed}AAAA`))).toStrictEqual(O.none);
  expect(await answerOf(data.open(mine, 'sealed.whatever'))).toStrictEqual(O.none);
});

it('opens nothing with a key that is damaged, and says so at once: it would never be mended by waiting', async () => {
  const sealed = await answerOf(open().seal(mine, place));
  const damaged = inMemoryDataKeys();
  await answerOf(damaged.offer('ana', Buffer.from('no key')));
  expect(await answerOf(open(damaged).open(mine, sealed))).toStrictEqual(O.none);
});

it('opens nothing of a person who was erased; later data is sealed with another key', async () => {
  const data = open();
  const before = await answerOf(data.seal(mine, place));
  expect(await answerOf(data.forget('ana'))).toBe(true);
  expect(await answerOf(data.forget('ana'))).toBe(false);
  expect(await answerOf(data.open(mine, before))).toStrictEqual(O.none);
  const after = await answerOf(data.seal(mine, place));
  expect(after).not.toBe(before);
  expect(await answerOf(data.open(mine, after))).toStrictEqual(O.some(place));
  expect(await answerOf(data.open(mine, before))).toStrictEqual(O.none);
});

it('forgets within a minute what another process has erased, however often it is asked meanwhile', async () => {
  expect(FORGOTTEN_AFTER_MS).toBeLessThanOrEqual(60_000);
  const keys = inMemoryDataKeys();
  const [one, other] = [personalData({ keys, wrap: noKeyWrap, forgottenAfterMs: 50 }), open(keys)];
  const sealed = await answerOf(one.seal(mine, place));
  expect(await answerOf(one.open(mine, sealed))).toStrictEqual(O.some(place));
  await answerOf(other.forget('ana'));
  await eventually(async () => expect(await answerOf(one.open(mine, sealed))).toStrictEqual(O.none));
});

it('does not remember a key that was destroyed while it was unwrapped: who orders again is not sealed with it', async () => {
  const keys = inMemoryDataKeys();
  const other = open(keys);
  await answerOf(other.seal(mine, place));
  let letUnwrap = (): void => undefined;
  const slow = new Promise<void>((resolve) => (letUnwrap = resolve));
  const wrap = {
    ...noKeyWrap,
    unwrap: (wrapped: Uint8Array) => () => slow.then(noKeyWrap.unwrap(wrapped)),
  };
  const data = personalData({ keys, wrap });
  const placed = answerOf(data.seal(mine, place));
  expect(await answerOf(data.forget('ana'))).toBe(true);
  letUnwrap();
  const lost = await placed;
  const again = await answerOf(data.seal(mine, place));
  expect(again).not.toBe(lost);
  expect(await answerOf(open(keys).open(mine, again))).toStrictEqual(O.some(place));
});

it('seals and opens nothing while keys cannot be had', async () => {
  const away = TE.left('DataKeysUnavailable' as const);
  const data = open({ find: () => away, offer: () => away, destroy: () => away });
  expect(await data.seal(mine, place)()).toStrictEqual(E.left('PersonalDataUnavailable'));
  expect(await data.open(mine, 'sealed.a.b')()).toStrictEqual(E.left('PersonalDataUnavailable'));
  expect(await data.forget('ana')()).toStrictEqual(E.left('PersonalDataUnavailable'));
});

it('asks for a key once, and uses what another process kept first', async () => {
  const keys = inMemoryDataKeys();
  let asked = 0;
  const counted = { ...keys, find: (userId: string) => (asked++, keys.find(userId)) };
  const [one, other] = [open(counted), open(keys)];
  const sealed = await answerOf(one.seal(mine, place));
  for (let times = 0; times < 5; times += 1) await answerOf(one.open(mine, sealed));
  expect(asked).toBe(1);
  expect(await answerOf(other.open(mine, sealed))).toStrictEqual(O.some(place));
});
