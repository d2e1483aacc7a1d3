import { join } from 'node:path';
import { UnsecuredJWT } from 'jose';
import { createApiKey, revokeApiKey } from '../../src/adapters/identity/api-keys.js';
import { devToken } from '../../src/adapters/identity/dev-issuer.js';
import { type Role } from '../../src/adapters/identity/role-of.js';
import { type Credentials, walkAccess } from '../support/access/walk.js';
import { eventually } from '../support/eventually.js';

/** What a server is to be started with, to have these credentials. */
export const authenticating = (directory: string): Readonly<Record<string, string>> => ({
  AUTH: 'jwt',
  AUTH_ISSUER: 'dev',
  API_KEYS_FILE: join(directory, 'api-keys.json'),
  DATA_DIR: directory,
  RATE_LIMIT_USER: 'off',
  RATE_LIMIT_ADDRESS: 'off',
});

/** Signs by the development issuer of a directory. */
export const tokenOf = (directory: string, subject: string, over: { ttlSeconds?: number; audience?: string } = {}) =>
  devToken(join(directory, 'dev-issuer.json'), {
    subject,
    role: null,
    rolesClaim: 'roles',
    audience: 'doorbuster',
    now: Date.now(),
    ttlSeconds: 600,
    ...over,
  });

export const keyOf = (directory: string, name: string, role: Role): string =>
  createApiKey(join(directory, 'api-keys.json'), name, role, Date.now()) ?? '';

const credentialsIn = async (directory: string): Promise<Credentials> => {
  const revoked = keyOf(directory, 'revoked', 'operator');
  revokeApiKey(join(directory, 'api-keys.json'), 'revoked');
  return {
    ana: await tokenOf(directory, 'ana'),
    ben: await tokenOf(directory, 'ben'),
    service: keyOf(directory, 'shop', 'service'),
    viewer: keyOf(directory, 'look', 'viewer'),
    operator: keyOf(directory, 'kim', 'operator'),
    bad: {
      nobody: undefined,
      'an expired token': await tokenOf(directory, 'ana', { ttlSeconds: -60 }),
      'a token for another shop': await tokenOf(directory, 'ana', { audience: 'other' }),
      'a token without a signature': new UnsecuredJWT({ sub: 'ana', roles: ['operator'] })
        .setIssuer('dev')
        .setAudience('doorbuster')
        .setExpirationTime('1h')
        .encode(),
      'a revoked key': revoked,
    },
  };
};

/** A key that was made or revoked counts a moment later; the newest of these is looked for with the others. */
const areInForce = async (url: string, { operator }: Credentials): Promise<boolean> =>
  (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${operator}` } })).ok;

/** Every call, by every kind of caller. Start the server with `authenticating(directory)`. */
export const accessSuite = (directory: () => string, url: () => string): void => {
  test('every call is answered to those it is for, and to nobody else', async () => {
    const credentials = await credentialsIn(directory());
    await eventually(() => areInForce(url(), credentials));
    expect(await walkAccess(url(), credentials)).toEqual([]);
  });
};
