import { either as E } from 'fp-ts';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  apiKeyFile,
  createApiKey,
  hashOf,
  readApiKeys,
  revokeApiKey,
} from '../../../src/adapters/identity/api-keys.js';
import { identifyBy } from '../../../src/adapters/identity/identify.js';
import { isExposed, NotPrivate } from '../../../src/adapters/identity/private-file.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDir = tempDirs();
const path = (): string => join(newDir(), 'api-keys.json');
const made = (at: string, name: string): string => createApiKey(at, name, 'service', 0) ?? '';

test('a key stands in the file as a hash alone, and only its owner may read the file', () => {
  const at = path();
  const key = made(at, 'shop');
  expect(key).toMatch(/^db_[\w-]{43}$/);
  expect(readFileSync(at, 'utf8')).not.toContain(key);
  expect(readApiKeys(at)).toEqual([
    { name: 'shop', role: 'service', hash: hashOf(key), createdAt: expect.any(String) },
  ]);
  expect(statSync(at).mode & 0o777).toBe(0o600);
});

test('a name is given once', () => {
  const at = path();
  made(at, 'shop');
  expect(createApiKey(at, 'shop', 'operator', 0)).toBeNull();
});

test('a key is in force, and out of force, without a restart', () => {
  const at = path();
  let elapsed = 0;
  const keyWith = apiKeyFile({ path: at, elapsed: () => (elapsed += 1_000), onUnreadable: () => undefined });
  const keyOf = (key: string) => keyWith(hashOf(key));
  expect(keyOf('db_any')).toBeNull();
  const [shop, till] = [made(at, 'shop'), made(at, 'till')];
  expect([keyOf(shop)?.name, keyOf(till)?.name]).toEqual(['shop', 'till']);
  expect(revokeApiKey(at, 'shop')).toBe(true);
  expect([keyOf(shop), keyOf(till)?.name]).toEqual([null, 'till']);
  expect(revokeApiKey(at, 'shop')).toBe(false);
});

test('a file that others may read is refused, and the keys of before stay in force', () => {
  const at = path();
  const shop = made(at, 'shop');
  const troubles: unknown[] = [];
  let elapsed = 0;
  const keyWith = apiKeyFile({
    path: at,
    elapsed: () => (elapsed += 1_000),
    onUnreadable: (error) => void troubles.push(error),
  });
  const keyOf = (key: string) => keyWith(hashOf(key));
  expect(keyOf(shop)?.name).toBe('shop');
  writeFileSync(at, '{"keys":[]} ');
  chmodSync(at, 0o644);
  expect(() => readApiKeys(at)).toThrow(/chmod 600/);
  expect(keyOf(shop)?.name).toBe('shop');
  expect(troubles).toEqual([expect.any(NotPrivate)]);
  // What the message says to do is all there is to do.
  chmodSync(at, 0o600);
  expect(keyOf(shop)).toBeNull();
});

test('a file that the disk does not even tell of is one that cannot be read: the keys of before stay in force', () => {
  const directory = join(newDir(), 'keys');
  mkdirSync(directory);
  const at = join(directory, 'api-keys.json');
  const shop = made(at, 'shop');
  const troubles: unknown[] = [];
  const onUnreadable = (error: unknown): void => void troubles.push(error);
  let elapsed = 0;
  const keyWith = apiKeyFile({ path: at, elapsed: () => (elapsed += 1_000), onUnreadable });
  const names = () => [keyWith(hashOf(shop))?.name, keyWith(hashOf(shop))?.name];
  expect(names()).toEqual(['shop', 'shop']);
  for (const outage of [1, 2]) {
    renameSync(directory, `${directory}-away`);
    symlinkSync(directory, directory);
    expect(names()).toEqual(['shop', 'shop']);
    expect(troubles).toHaveLength(outage);
    rmSync(directory);
    renameSync(`${directory}-away`, directory);
    expect(names()).toEqual(['shop', 'shop']);
  }
  revokeApiKey(at, 'shop');
  expect(names()).toEqual([undefined, undefined]);
});

test.each([
  [0o600, true, false],
  [0o640, true, true],
  [0o604, true, true],
  [0o440, false, false],
  [0o400, false, false],
  [0o460, false, true],
  [0o444, false, true],
  [0o442, false, true],
])('a file of mode %o is exposed to others or not, by whether it is this user’s own', (mode, isOwn, exposed) => {
  expect(isExposed({ mode: 0o100_000 | mode, uid: isOwn ? 1_000 : 0 }, 1_000)).toBe(exposed);
});

test.each([
  ['db_made-up', 'UNKNOWN_API_KEY'],
  ['a guess', 'UNKNOWN_SECRET'],
  ['header.payload.signature', 'NO_ISSUER'],
])('%s names nobody, for the log because of %s', async (credential, why) => {
  const { identify } = identifyBy({ secrets: [], keyOf: () => null, tokens: null });
  expect(await identify(credential)()).toStrictEqual(E.left({ kind: 'InvalidCredential', why }));
});

test('a key that was revoked while no file could be opened is out of force once one can be', async () => {
  const child = new URL('./children/revoke-without-files-to-open.ts', import.meta.url);
  const { lines, ended } = startTypescript(child, [path()]);
  expect(await ended).toBe(0);
  expect(JSON.parse(lines()[0] ?? '')).toEqual({
    inForce: ['shop', 'shop', 'shop', null],
    told: [expect.stringContaining('EMFILE')],
  });
});

test('of several processes that change the keys at once none undoes what another has done', async () => {
  const at = path();
  made(at, 'old');
  const changing = new URL('./children/change-keys.ts', import.meta.url);
  const children = ['a', 'b', 'c', 'd'].map((name) => startTypescript(changing, [at, name]));
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
  const left = ['a', 'b', 'c', 'd'].flatMap((name) => Array.from({ length: 25 }, (_, n) => `${name}-${2 * n}`));
  expect(new Set(readApiKeys(at).map(({ name }) => name))).toEqual(new Set(['old', ...left]));
});
