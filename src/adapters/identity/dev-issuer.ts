import { generateKeyPairSync } from 'node:crypto';
import { importJWK, type JSONWebKeySet, SignJWT } from 'jose';
import { z } from 'zod';
import { keepPrivate } from './private-file.js';
import { type Role } from './role-of.js';

/** What tokens of development say of where they come from and whom they are for. */
export const DEV_ISSUER = 'dev';
export const DEV_AUDIENCE = 'doorbuster';

const ALGORITHM = 'ES256';

const privateKey = z.object({ kty: z.literal('EC'), crv: z.string(), x: z.string(), y: z.string(), d: z.string() });

const keyIn = (path: string): z.infer<typeof privateKey> =>
  privateKey.parse(
    JSON.parse(
      keepPrivate(path, () =>
        JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
      ),
    ),
  );

/** What tokens are verified with. The key is made when there is none. */
export const devIssuerKeys = (path: string): JSONWebKeySet => {
  const { d: _, ...published } = keyIn(path);
  return { keys: [{ ...published, alg: ALGORITHM, use: 'sig' }] };
};

interface Wanted {
  readonly subject: string;
  readonly role: Role | null;
  readonly rolesClaim: string;
  readonly audience: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly ttlSeconds: number;
}

/** A token of development, for trying things out. */
export const devToken = async (
  path: string,
  { subject, role, rolesClaim, audience, now, ttlSeconds }: Wanted,
): Promise<string> => {
  const at = Math.floor(now / 1_000);
  return new SignJWT(role === null ? {} : { [rolesClaim]: [role] })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setIssuer(DEV_ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(at)
    .setExpirationTime(at + ttlSeconds)
    .sign(await importJWK(keyIn(path), ALGORITHM));
};
