import { either as E, taskEither as TE } from 'fp-ts';
import { sealedPassKeys } from '../../../src/adapters/jwt/sealed-pass-keys.js';
import { type PassKeys, type StoredPassKey } from '../../../src/application/ports/pass-keys.js';

const inMemory = (stored: StoredPassKey[] = []) => {
  const keys: PassKeys = {
    all: () => TE.fromIO(() => [...stored]),
    offer: (key) => TE.fromIO(() => void stored.push(key)),
    dropBefore: () => TE.right(undefined),
  };
  return { keys, stored };
};

const key = '{"kty":"EC","d":"the-private-part"}';
const SECRET = 'a secret of thirty-two characters';

test('what is stored tells nothing of the key, and is read again', async () => {
  const { keys, stored } = inMemory();
  const sealed = sealedPassKeys(keys, SECRET);
  await sealed.offer({ epoch: 1, key })();
  expect(JSON.stringify(stored)).not.toContain('private');
  expect(await sealed.all()()).toEqual(E.right([{ epoch: 1, key }]));
});

test('what was stored before there was a secret is still good', async () => {
  expect(await sealedPassKeys(inMemory([{ epoch: 1, key }]).keys, SECRET).all()()).toEqual(
    E.right([{ epoch: 1, key }]),
  );
});

test('with another secret there are no keys, rather than others in their place', async () => {
  const { keys } = inMemory();
  await sealedPassKeys(keys, SECRET).offer({ epoch: 1, key })();
  expect(await sealedPassKeys(keys, `${SECRET}!`).all()()).toEqual(E.left('PassKeysUnavailable'));
});
