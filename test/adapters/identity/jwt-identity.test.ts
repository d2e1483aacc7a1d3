import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { either as E } from 'fp-ts';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { z } from 'zod';
import { issuerKeys } from '../../../src/adapters/identity/issuer-keys.js';
import { jwtIdentity } from '../../../src/adapters/identity/jwt-identity.js';

const NOW = Date.parse('2026-12-01T00:00:00Z');
const SECONDS = NOW / 1_000;
const [issuer, audience] = ['https://id.shop.test', 'shop'];
const invalid = E.left('InvalidCredential');
const expired = E.left('ExpiredCredential');

const newKey = async (kid: string, alg = 'ES256') => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const jwk = { ...(await exportJWK(publicKey)), kid, alg };
  const sign = (payload: JWTPayload = {}): Promise<string> =>
    new SignJWT({ iss: issuer, aud: audience, sub: 'ana', exp: SECONDS + 60, ...payload })
      .setProtectedHeader({ alg, kid })
      .sign(privateKey);
  return { jwk, sign };
};

const identifyWith = (jwks: JSONWebKeySet, now: () => number = () => NOW, rolesClaim = 'roles') =>
  jwtIdentity({ issuer, audience, keys: issuerKeys(jwks).keys, rolesClaim, now }).identify;

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('a token signed by %s names its subject', async (alg) => {
  const { jwk, sign } = await newKey('one', alg);
  expect(await identifyWith({ keys: [jwk] })(await sign())()).toEqual(
    E.right({ caller: { kind: 'user', userId: 'ana' }, validity: { kind: 'Until', at: NOW + 90_000 } }),
  );
});

test('a token is known once it was verified, also that it is wrong, and no longer than it is good', async () => {
  const { jwk, sign } = await newKey('one');
  let now = NOW;
  const tokens = jwtIdentity({
    issuer,
    audience,
    keys: issuerKeys({ keys: [jwk] }).keys,
    rolesClaim: 'roles',
    now: () => now,
  });
  const token = await sign();
  expect(tokens.recall(token)).toBeNull();
  const verified = await tokens.identify(token)();
  expect(tokens.recall(token)).toEqual(verified);
  const madeUp = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`;
  expect(tokens.recall(madeUp)).toBeNull();
  expect(await tokens.identify(madeUp)()).toEqual(invalid);
  expect(tokens.recall(madeUp)).toEqual(invalid);
  now += 90_000;
  expect(tokens.recall(token)).toEqual(expired);
});

/** Claims as nobody's library writes them. */
const odd = z.custom<JWTPayload>();

test('a token for several audiences is good for each of them', async () => {
  const { jwk, sign } = await newKey('one');
  expect(E.isRight(await identifyWith({ keys: [jwk] })(await sign({ aud: ['other', audience] }))())).toBe(true);
});

test('a key that is for encryption verifies nothing', async () => {
  const { jwk, sign } = await newKey('one');
  expect(await identifyWith({ keys: [{ ...jwk, use: 'enc' }] })(await sign())()).toEqual(invalid);
});

test.each<[string, JWTPayload]>([
  ['that never expires', odd.parse({ exp: undefined })],
  ['whose expiry is a text', odd.parse({ exp: String(SECONDS + 60) })],
  ['whose subject is a number', odd.parse({ sub: 7 })],
  ['for no audience', odd.parse({ aud: [] })],
  ['of another issuer', { iss: 'https://evil.test' }],
  ['for another audience', { aud: 'other' }],
  ['that is not good yet', { nbf: SECONDS + 31 }],
  ['whose subject is no id', { sub: 'a b' }],
  ['whose subject is too long', { sub: 'a'.repeat(65) }],
])('a token %s names nobody', async (_, payload) => {
  const { jwk, sign } = await newKey('one');
  expect(await identifyWith({ keys: [jwk] })(await sign(payload))()).toEqual(invalid);
});

test('a token without a signature, or by a shared secret, names nobody', async () => {
  const { jwk } = await newKey('one');
  const identify = identifyWith({ keys: [jwk] });
  const claims = { iss: issuer, aud: audience, sub: 'ana', exp: SECONDS + 60 };
  expect(await identify(new UnsecuredJWT(claims).encode())()).toEqual(invalid);
  const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JSON.stringify(jwk)));
  expect(await identify(shared)()).toEqual(invalid);
});

test('a token is good for 30 s after it expired, and no longer, also when it is remembered', async () => {
  const { jwk, sign } = await newKey('one');
  let now = NOW;
  const identify = identifyWith({ keys: [jwk] }, () => now);
  const token = await sign({ exp: SECONDS + 10 });
  expect(E.isRight(await identify(token)())).toBe(true);
  now += 39_000;
  expect(E.isRight(await identify(token)())).toBe(true);
  now += 1_000;
  expect(await identify(token)()).toEqual(expired);
  const other = await sign({ exp: SECONDS - 60 });
  for (let n = 0; n < 2; n += 1) expect(await identify(other)()).toEqual(expired);
});

test('a token that was never good is not one that has expired', async () => {
  const [{ jwk }, other] = [await newKey('one'), await newKey('one')];
  const identify = identifyWith({ keys: [jwk] });
  expect(await identify(await other.sign({ exp: SECONDS - 60 }))()).toEqual(invalid);
});

test.each([
  ['roles', { roles: ['viewer', 'operator'] }, { kind: 'operator', name: 'ana' }],
  ['roles', { roles: 'service' }, { kind: 'service', name: 'ana' }],
  ['realm_access.roles', { realm_access: { roles: ['viewer'] } }, { kind: 'viewer', name: 'ana' }],
  ['https://shop.test/roles', { 'https://shop.test/roles': ['viewer'] }, { kind: 'viewer', name: 'ana' }],
  ['roles', { roles: ['admin'] }, { kind: 'user', userId: 'ana' }],
])('the claim %s gives a role', async (claim, payload, expected) => {
  const { jwk, sign } = await newKey('one');
  expect(await identifyWith({ keys: [jwk] }, () => NOW, claim)(await sign(payload))()).toEqual(
    E.right(expect.objectContaining({ caller: expected })),
  );
});

describe('keys at a URL', () => {
  let published: JSONWebKeySet = { keys: [] };
  let server: Server;
  let [asked, isFailing] = [0, false];
  beforeEach(async () => {
    [asked, isFailing] = [0, false];
    server = createServer((_, res) => {
      asked += 1;
      if (isFailing) return void res.writeHead(503).end();
      res.setHeader('content-type', 'application/json').end(JSON.stringify(published));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => void server.close());

  const url = (): URL => {
    const address = server.address();
    return new URL(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/jwks`);
  };
  const at = (where: URL) => {
    const { keys, close } = issuerKeys(where, { askAgainMs: 0, atMostEveryMs: 0 });
    const { identify } = jwtIdentity({ issuer, audience, keys, rolesClaim: 'roles', now: () => NOW });
    return { identify, close };
  };

  test('are asked for once, again for a new key, and used while the issuer is away', async () => {
    const [one, two] = [await newKey('one'), await newKey('two')];
    published = { keys: [one.jwk] };
    const { identify, close } = at(url());
    for (const sub of ['ana', 'ben', 'cho']) expect(E.isRight(await identify(await one.sign({ sub }))())).toBe(true);
    expect(asked).toBe(1);
    published = { keys: [one.jwk, two.jwk] };
    expect(E.isRight(await identify(await two.sign())())).toBe(true);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect(E.isRight(await identify(await one.sign({ sub: 'dan' }))())).toBe(true);
    close();
  });

  test('are not asked for by each of many tokens that name an unknown key, least of all while the issuer fails', async () => {
    const [one, unknown] = [await newKey('one'), await newKey('invented')];
    published = { keys: [one.jwk] };
    const said: unknown[] = [];
    const { keys, close } = issuerKeys(url(), {
      askAgainMs: 0,
      atMostEveryMs: 60_000,
      onAway: (why) => said.push(why),
    });
    const { identify } = jwtIdentity({ issuer, audience, keys, rolesClaim: 'roles', now: () => NOW });
    expect(E.isRight(await identify(await one.sign())())).toBe(true);
    isFailing = true;
    for (let n = 0; n < 50; n += 1) expect(E.isLeft(await identify(await unknown.sign({ sub: `u${n}` }))())).toBe(true);
    expect(asked).toBe(1);
    expect(said).toHaveLength(1);
    expect(E.isRight(await identify(await one.sign({ sub: 'ben' }))())).toBe(true);
    close();
  });

  test('that were never had leave it open who asks', async () => {
    const { identify, close } = at(new URL('http://127.0.0.1:9/jwks'));
    expect(await identify(await (await newKey('one')).sign())()).toEqual(E.left('IdentityUnavailable'));
    close();
  });
});
