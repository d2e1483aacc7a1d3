import { type JSONWebKeySet } from 'jose';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { apiKeyFile, newApiKey, readApiKeys } from '../../adapters/identity/api-keys.js';
import { DEV_AUDIENCE, DEV_ISSUER, devIssuerKeys } from '../../adapters/identity/dev-issuer.js';
import { identifyBy, type KnownSecret } from '../../adapters/identity/identify.js';
import { issuerKeys, loggable } from '../../adapters/identity/issuer-keys.js';
import { jwtIdentity } from '../../adapters/identity/jwt-identity.js';
import { keepPrivate } from '../../adapters/identity/private-file.js';
import { type Identify, type IsStillValid, type Recall, type Validity } from '../../application/ports/identity.js';
import { type Ports } from '../../application/ports/ports.js';
import { type Config } from '../config/load-config.js';
import { apiKeysPath, devIssuerPath, ownKeyPath } from './identity-files.js';

export interface Identity {
  readonly recall: Recall;
  readonly identify: Identify;
  readonly isStillValid: IsStillValid;
  readonly close: () => void;
}

const publicKey = z
  .looseObject({ kty: z.string() })
  .refine(
    (key) => key.kty !== 'oct' && !('d' in key),
    'holds a private or shared key; it is for the public keys of the issuer, which is all that verifying needs',
  );
const keySet = z.object({ keys: z.array(publicKey) });

const keysIn = (file: string): JSONWebKeySet => {
  try {
    return keySet.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.map(({ message }) => message).join('; ') : String(error);
    throw new Error(`AUTH_JWKS_FILE: ${file}: ${why}`, { cause: error });
  }
};

/** Whose tokens are taken, and where its keys are; null: nobody's. Throws where AUTH_JWKS_FILE cannot be used. */
export const issuerOf = (config: Config): { readonly issuer: string; readonly jwks: URL | JSONWebKeySet } | null => {
  const { AUTH_ISSUER: issuer, AUTH_JWKS_URL: url, AUTH_JWKS_FILE: file } = config;
  if (issuer === undefined) return null;
  if (issuer === DEV_ISSUER) return { issuer, jwks: devIssuerKeys(devIssuerPath(config)) };
  if (url !== undefined) return { issuer, jwks: new URL(url) };
  return file === undefined ? null : { issuer, jwks: keysIn(file) };
};

/** Operators that the configuration defines: the holder of ADMIN_TOKEN, and the command line next to the data. */
const secretsOf = (config: Config, isEmbedded: boolean): ReadonlyArray<KnownSecret> => {
  const operator = (name: string, secret: string): KnownSecret => ({ secret, identified: { kind: 'operator', name } });
  return [
    ...(config.ADMIN_TOKEN === undefined ? [] : [operator('admin', config.ADMIN_TOKEN)]),
    ...(isEmbedded ? [operator('cli', keepPrivate(ownKeyPath(config), newApiKey))] : []),
  ];
};

/** Whom credentials name with this configuration. Throws where a file of it cannot be used; the message says what to do. */
export const openIdentity = (
  config: Config,
  { log, clock, isEmbedded }: Pick<Ports, 'log' | 'clock'> & { readonly isEmbedded: boolean },
): Identity => {
  const issuer = issuerOf(config);
  const onAway = (why: string): void =>
    log.warn(
      { why, issuer: issuer?.issuer, url: issuer?.jwks instanceof URL ? loggable(issuer.jwks) : undefined },
      'The keys of the issuer cannot be fetched',
    );
  const keys = issuer === null ? null : issuerKeys(issuer.jwks, { onAway });
  const path = apiKeysPath(config);
  readApiKeys(path);
  const keyOf = apiKeyFile({
    path,
    elapsed: clock.elapsed,
    onUnreadable: (error) => log.error({ err: error, path }, 'The API keys cannot be read; they stay as they were'),
  });
  const { recall, identify } = identifyBy({
    secrets: secretsOf(config, isEmbedded),
    keyOf,
    tokens:
      issuer === null || keys === null
        ? null
        : jwtIdentity({
            issuer: issuer.issuer,
            audience: config.AUTH_AUDIENCE ?? DEV_AUDIENCE,
            keys: keys.keys,
            rolesClaim: config.AUTH_ROLES_CLAIM,
            now: clock.now,
          }),
  });
  const isStillValid = (validity: Validity): boolean => {
    switch (validity.kind) {
      case 'Always':
        return true;
      case 'Until':
        return clock.now() < validity.at;
      case 'UntilRevoked':
        return keyOf(validity.keyHash) !== null;
    }
  };
  return { recall, identify, isStillValid, close: () => keys?.close() };
};
