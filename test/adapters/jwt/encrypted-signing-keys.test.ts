import { either as E, taskEither as TE } from 'fp-ts';
import { encryptedSigningKeys } from '../../../src/adapters/jwt/encrypted-signing-keys.js';
import { type SigningKeys, type StoredSigningKey } from '../../../src/application/ports/signing-keys.js';

const inMemory = (stored: StoredSigningKey[] = []) => {
  const keys: SigningKeys = {
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
  const sealed = encryptedSigningKeys(keys, SECRET, 'passes');
  await sealed.offer({ epoch: 1, key })();
  expect(JSON.stringify(stored)).not.toContain('private');
  expect(await sealed.all()()).toEqual(E.right([{ epoch: 1, key }]));
});

test('what was stored before there was a secret is still good', async () => {
  expect(await encryptedSigningKeys(inMemory([{ epoch: 1, key }]).keys, SECRET, 'passes').all()()).toEqual(
    E.right([{ epoch: 1, key }]),
  );
});

test('with another secret there are no keys, and the stored ones are not replaced', async () => {
  const { keys } = inMemory();
  await encryptedSigningKeys(keys, SECRET, 'passes').offer({ epoch: 1, key })();
  expect(await encryptedSigningKeys(keys, `${SECRET}!`, 'passes').all()()).toEqual(E.left('SigningKeysUnavailable'));
});

test('the keys of one purpose are not those of another', async () => {
  const { keys } = inMemory();
  await encryptedSigningKeys(keys, SECRET, 'passes').offer({ epoch: 1, key })();
  expect(await encryptedSigningKeys(keys, SECRET, 'seals').all()()).toEqual(E.left('SigningKeysUnavailable'));
});
