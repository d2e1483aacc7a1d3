import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { issuerOf, openIdentity } from '../../src/infrastructure/identity/open-identity.js';
import { silentLog } from '../adapters/redis/silent-log.js';
import { stoppedClock } from '../support/stopped-clock.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const faultsOf = (variables: Record<string, string>): ReadonlyArray<string> =>
  E.match(
    (faults: ReadonlyArray<string>) => faults,
    () => [],
  )(loadConfig(variables));
const namesIn = (variables: Record<string, string>): ReadonlyArray<string | undefined> =>
  faultsOf(variables).map((fault) => fault.split(':')[0]);

test.each([[{}], [{ HTTP_HOST: '::1' }], [{ HTTP_HOST: 'localhost' }], [{ HTTP_HOST: '127.0.0.9', AUTH: 'off' }]])(
  'on a loopback address nobody needs to say who they are: %j',
  (given) => {
    expect(loadConfig(given)).toMatchObject(E.right({ AUTH: 'off' }));
  },
);

test.each([[{ HTTP_HOST: '0.0.0.0' }], [{ HTTP_HOST: '::' }], [{ HTTP_HOST: '192.0.2.1', AUTH: 'off' }]])(
  'anywhere else it is refused, and told what to set: %j',
  (given) => {
    const [fault = ''] = faultsOf(given);
    expect(fault).toMatch(/^AUTH: .*AUTH=jwt.*HTTP_HOST=127\.0\.0\.1/);
  },
);

test('with keys alone, or with an issuer and where its keys are, it starts anywhere', () => {
  const open = { HTTP_HOST: '0.0.0.0', AUTH: 'jwt' };
  expect(faultsOf(open)).toEqual([]);
  const issuer = { AUTH_ISSUER: 'https://id.shop.test', AUTH_AUDIENCE: 'shop' };
  expect(faultsOf({ ...open, ...issuer, AUTH_JWKS_URL: 'https://id.shop.test/jwks' })).toEqual([]);
  expect(faultsOf({ ...open, ...issuer, AUTH_JWKS_FILE: '/jwks.json' })).toEqual([]);
  const withPassword = { ...open, ...issuer, AUTH_JWKS_URL: 'https://ana:pass@id.shop.test/jwks' };
  expect(faultsOf(withPassword)).toEqual([expect.stringMatching(/^AUTH_JWKS_URL: must be without a user/)]);
});

test('an issuer is named whole', () => {
  const issuer = { AUTH: 'jwt', AUTH_ISSUER: 'https://id.shop.test' };
  expect(namesIn(issuer)).toEqual(['AUTH_AUDIENCE', 'AUTH_JWKS_URL']);
  expect(namesIn({ AUTH: 'jwt', AUTH_JWKS_FILE: 'x' })).toEqual(['AUTH_ISSUER']);
});

test.each([[{}], [{ AUTH: 'off' }]])('an issuer whose tokens nobody would look at is refused: %j', (given) => {
  const issuer = {
    AUTH_ISSUER: 'https://id.shop.test',
    AUTH_AUDIENCE: 'shop',
    AUTH_JWKS_URL: 'https://id.shop.test/jwks',
  };
  expect(faultsOf({ ...given, ...issuer })).toEqual([expect.stringMatching(/^AUTH: must be jwt with AUTH_ISSUER/)]);
  expect(faultsOf({ ...given, AUTH_JWKS_FILE: '/jwks.json' })).toEqual([expect.stringMatching(/^AUTH: must be jwt/)]);
});

test('the issuer of development is none in production', () => {
  const dev = { AUTH: 'jwt', AUTH_ISSUER: 'dev' };
  expect(faultsOf(dev)).toEqual([]);
  expect(namesIn({ ...dev, NODE_ENV: 'production' })).toEqual(['AUTH_ISSUER']);
});

test('a secret may stand in a file, and in one place only', () => {
  const file = join(newDir(), 'token');
  writeFileSync(file, 'a-token-of-operators\n');
  expect(loadConfig({ ADMIN_TOKEN_FILE: file })).toMatchObject(E.right({ ADMIN_TOKEN: 'a-token-of-operators' }));
  expect(namesIn({ ADMIN_TOKEN_FILE: file, ADMIN_TOKEN: 'another-token-of-them' })).toEqual(['ADMIN_TOKEN_FILE']);
  expect(namesIn({ KEYS_SECRET_FILE: '/nowhere/secret' })).toEqual(['KEYS_SECRET_FILE']);
});

test.each([['a token of operators'], ['ein-Schlüssel-für-alle'], ['the.token.of-operators']])(
  'an operators’ token that could never be shown is refused at start: %s',
  (ADMIN_TOKEN) => expect(namesIn({ ADMIN_TOKEN })).toEqual(['ADMIN_TOKEN']),
);

test.each([
  ['is not there', null],
  ['is no JSON', '{'],
  ['holds no keys', '{"keys":1}'],
])('a file of the issuer that cannot be used is told with the variable that names it: it %s', (_, text) => {
  const AUTH_JWKS_FILE = join(newDir(), 'jwks.json');
  if (text !== null) writeFileSync(AUTH_JWKS_FILE, text);
  const given = { AUTH: 'jwt', AUTH_ISSUER: 'https://id.shop.test', AUTH_AUDIENCE: 'shop', AUTH_JWKS_FILE };
  const loaded = loadConfig({ ...given, DATA_DIR: newDir() });
  if (E.isLeft(loaded)) throw new Error(loaded.left.join());
  expect(() => issuerOf(loaded.right)).toThrow(/^AUTH_JWKS_FILE: \/.*jwks\.json/);
});

test('a file of the issuer with a private or a shared key is refused, for it is the file of somebody who signs', () => {
  const config = (jwk: object) => {
    const AUTH_JWKS_FILE = join(newDir(), 'jwks.json');
    writeFileSync(AUTH_JWKS_FILE, JSON.stringify({ keys: [jwk] }));
    const given = { AUTH: 'jwt', AUTH_ISSUER: 'https://id.shop.test', AUTH_AUDIENCE: 'shop', AUTH_JWKS_FILE };
    const loaded = loadConfig({ ...given, DATA_DIR: newDir() });
    if (E.isLeft(loaded)) throw new Error(loaded.left.join());
    return loaded.right;
  };
  const clock = stoppedClock(() => 0);
  const opening = (jwk: object) => () =>
    openIdentity(config(jwk), { log: silentLog, clock, isEmbedded: false }).close();
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(opening(publicKey.export({ format: 'jwk' }))).not.toThrow();
  expect(opening(privateKey.export({ format: 'jwk' }))).toThrow(/^AUTH_JWKS_FILE: .*private/);
  expect(opening({ kty: 'oct', k: 'c2VjcmV0' })).toThrow(/^AUTH_JWKS_FILE: .*shared/);
});
