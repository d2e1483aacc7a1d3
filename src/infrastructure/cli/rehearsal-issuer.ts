import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface RehearsalIssuer {
  /** What a server needs to accept its tokens. */
  readonly variables: Readonly<Record<string, string>>;
  /** The token of a user, the same each time. */
  readonly tokenOf: (userId: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const ISSUER = 'https://issuer.rehearsal.invalid';
const AUDIENCE = 'rehearsal';
const ALGORITHM = 'EdDSA';

/** An issuer of tokens for the people of a rehearsal: a shop's own would not sign for people who do not exist. */
export const openRehearsalIssuer = async (): Promise<RehearsalIssuer> => {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const directory = await mkdtemp(join(tmpdir(), 'doorbuster-issuer-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  const file = join(directory, 'jwks.json');
  const key = { ...(await exportJWK(publicKey)), kid: 'rehearsal', alg: ALGORITHM };
  await writeFile(file, JSON.stringify({ keys: [key] }), { mode: 0o600 });
  const tokens = new Map<string, Promise<string>>();
  const sign = (userId: string): Promise<string> =>
    new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, kid: 'rehearsal' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return {
    variables: { AUTH: 'jwt', AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS_FILE: file },
    tokenOf: (userId) => {
      const token = tokens.get(userId) ?? sign(userId);
      tokens.set(userId, token);
      return token;
    },
    close: async () => {
      remove();
      process.off('exit', remove);
    },
  };
};
