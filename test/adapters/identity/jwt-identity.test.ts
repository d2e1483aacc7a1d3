import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { either as E } from 'fp-ts';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { z } from 'zod';
import { issuerKeys, loggable } from '../../../src/adapters/identity/issuer-keys.js';
import { type WhyInvalid } from '../../../src/application/ports/identity.js';
import { jwtIdentity } from '../../../src/adapters/identity/jwt-identity.js';

const NOW = Date.parse('2026-12-01T00:00:00Z');
const SECONDS = NOW / 1_000;
const [issuer, audience] = ['https://id.shop.test', 'shop'];
const because = (why: WhyInvalid, said: object = { alg: 'ES256', kid: 'one' }) =>
  E.left({ kind: 'InvalidCredential', why, ...said });
const expired = E.left({ kind: 'ExpiredCredential' });

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
  expect(await tokens.identify(madeUp)()).toStrictEqual(because('SIGNATURE'));
  expect(tokens.recall(madeUp)).toStrictEqual(because('SIGNATURE'));
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
  expect(await identifyWith({ keys: [{ ...jwk, use: 'enc' }] })(await sign())()).toStrictEqual(because('UNKNOWN_KEY'));
});

test.each<[string, JWTPayload, WhyInvalid, string]>([
  ['that never expires', odd.parse({ exp: undefined }), 'NO_EXPIRY', 'exp'],
  ['whose expiry is a text', odd.parse({ exp: String(SECONDS + 60) }), 'NO_EXPIRY', 'exp'],
  ['whose subject is a number', odd.parse({ sub: 7 }), 'SUBJECT_NOT_AN_ID', 'sub'],
  ['without a subject', odd.parse({ sub: undefined }), 'SUBJECT_NOT_AN_ID', 'sub'],
  ['for no audience', odd.parse({ aud: [] }), 'AUDIENCE', 'aud'],
  ['that names no audience', odd.parse({ aud: undefined }), 'AUDIENCE', 'aud'],
  ['of another issuer', { iss: 'https://evil.test' }, 'ISSUER', 'iss'],
  ['for another audience', { aud: 'other' }, 'AUDIENCE', 'aud'],
  ['that is not good yet', { nbf: SECONDS + 31 }, 'NOT_YET_VALID', 'nbf'],
  ['whose subject is no id', { sub: 'a b' }, 'SUBJECT_NOT_AN_ID', 'sub'],
  ['whose subject is too long', { sub: 'a'.repeat(65) }, 'SUBJECT_NOT_AN_ID', 'sub'],
])('a token %s names nobody, and it is told why', async (_, payload, why, claim) => {
  const { jwk, sign } = await newKey('one');
  expect(await identifyWith({ keys: [jwk] })(await sign(payload))()).toStrictEqual(
    because(why, { alg: 'ES256', kid: 'one', claim }),
  );
});

test('of a token by a key that is not known the id of the key is told, and of a signature written otherwise that it is wrong', async () => {
  const [one, other] = [await newKey('one'), await newKey('two')];
  const identify = identifyWith({ keys: [one.jwk] });
  expect(await identify(await other.sign())()).toStrictEqual(because('UNKNOWN_KEY', { alg: 'ES256', kid: 'two' }));
  const token = await one.sign();
  // As OpenSSL writes it, and not as tokens have it.
  const der = `${token.slice(0, token.lastIndexOf('.'))}.${Buffer.concat([Buffer.from([0x30, 0x45]), Buffer.alloc(69)]).toString('base64url')}`;
  expect(await identify(der)()).toStrictEqual(because('SIGNATURE'));
  expect(await identify('not.a.token')()).toStrictEqual(because('NOT_A_TOKEN', {}));
});

test('a token without a signature, or by a shared secret, names nobody', async () => {
  const { jwk } = await newKey('one');
  const identify = identifyWith({ keys: [jwk] });
  const claims = { iss: issuer, aud: audience, sub: 'ana', exp: SECONDS + 60 };
  expect(await identify(new UnsecuredJWT(claims).encode())()).toStrictEqual(because('ALGORITHM', { alg: 'none' }));
  const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JSON.stringify(jwk)));
  expect(await identify(shared)()).toStrictEqual(because('ALGORITHM', { alg: 'HS256' }));
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
  expect(await identify(await other.sign({ exp: SECONDS - 60 }))()).toStrictEqual(because('SIGNATURE'));
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
  let answerWith: ((res: ServerResponse) => void) | null;
  beforeEach(async () => {
    answerWith = null;
    [asked, isFailing] = [0, false];
    server = createServer((_, res) => {
      asked += 1;
      if (answerWith !== null) return answerWith(res);
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

  test.each([
    ['does not find them', (res: ServerResponse) => void res.writeHead(404).end(), 'it answers 404'],
    ['answers a page', (res: ServerResponse) => void res.end('<!doctype html>'), 'its answer is not JSON'],
    [
      'answers something else',
      (res: ServerResponse) => void res.end('{"error":1}'),
      expect.stringMatching('no key set'),
    ],
    ['has none', (res: ServerResponse) => void res.end('{"keys":[]}'), 'it publishes no key that can be used'],
  ])('are missed with the reason where the issuer %s', async (_, respond, why) => {
    const token = await (await newKey('one')).sign();
    answerWith = respond;
    const said: string[] = [];
    const { keys, close } = issuerKeys(url(), { onAway: (each) => said.push(each) });
    const { identify } = jwtIdentity({ issuer, audience, keys, rolesClaim: 'roles', now: () => NOW });
    for (let n = 0; n < 3; n += 1) expect(E.isLeft(await identify(token)())).toBe(true);
    expect(said).toEqual([why]);
    close();
  });

  test('are missed with what the network says, and the URL is told without its password', async () => {
    const said: string[] = [];
    server.close();
    const { keys, close } = issuerKeys(url(), { onAway: (why) => said.push(why) });
    const { identify } = jwtIdentity({ issuer, audience, keys, rolesClaim: 'roles', now: () => NOW });
    await identify(await (await newKey('one')).sign())();
    expect(said).toEqual([expect.stringContaining('ECONNREFUSED')]);
    expect(loggable(new URL('https://ana:pass@id.test/keys?code=secret'))).toBe('https://id.test/keys');
    close();
  });

  test('that were never had leave it open who asks', async () => {
    const { identify, close } = at(new URL('http://127.0.0.1:9/jwks'));
    expect(await identify(await (await newKey('one')).sign())()).toEqual(E.left({ kind: 'IdentityUnavailable' }));
    close();
  });
});
