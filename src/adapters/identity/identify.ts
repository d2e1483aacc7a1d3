import { either as E, taskEither as TE } from 'fp-ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  always,
  type Identified,
  type Recall,
  type Recognized,
  type WhyInvalid,
} from '../../application/ports/identity.js';
import { type ApiKey, hashOf, isApiKey } from './api-keys.js';
import { type TokenIdentity } from './jwt-identity.js';
import { named } from './role-of.js';

/** A secret that stands for somebody of the shop, beside the file of keys. */
export interface KnownSecret {
  readonly secret: string;
  readonly identified: Identified;
}

export interface IdentifyOptions {
  readonly secrets: ReadonlyArray<KnownSecret>;
  readonly keyOf: (hash: string) => ApiKey | null;
  /** Null: no issuer's tokens are taken. */
  readonly tokens: TokenIdentity | null;
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
/** Longer is no token of anybody. */
const LONGEST = 8_192;
/** Three parts with dots between; looked for at every request, so without making the parts. */
const isToken = (credential: string): boolean => {
  if (credential.length > LONGEST) return false;
  const second = credential.indexOf('.', credential.indexOf('.') + 1);
  return second > 0 && !credential.includes('.', second + 1);
};

const whyUnknown = (credential: string): WhyInvalid => {
  if (isApiKey(credential)) return 'UNKNOWN_API_KEY';
  return isToken(credential) ? 'NO_ISSUER' : 'UNKNOWN_SECRET';
};

/** Whom a bearer credential names: an API key, a secret of the configuration, or a token of the issuer. */
export const identifyBy = ({ secrets, keyOf, tokens }: IdentifyOptions): TokenIdentity => {
  const known = secrets.map(({ secret, identified }) => ({ expected: digest(secret), identified }));

  const byApiKey = (credential: string): Recognized | null => {
    const key = isApiKey(credential) ? keyOf(hashOf(credential)) : null;
    if (key === null) return null;
    return { caller: named(key.name, key.role), validity: { kind: 'UntilRevoked', keyHash: key.hash } };
  };
  /** A secret of the configuration was chosen by people: comparing it is what a guess asks for. */
  const recall: Recall = (credential) => {
    if (tokens !== null && isToken(credential)) return tokens.recall(credential);
    const found = byApiKey(credential);
    return found === null ? null : E.right(found);
  };

  return {
    recall,
    identify: (credential) => {
      if (tokens !== null && isToken(credential)) return tokens.identify(credential);
      const given = digest(credential);
      const found = known.find(({ expected }) => timingSafeEqual(given, expected));
      if (found !== undefined) return TE.right({ caller: found.identified, validity: always });
      const keyHolder = byApiKey(credential);
      return keyHolder === null
        ? TE.left({ kind: 'InvalidCredential', why: whyUnknown(credential) })
        : TE.right(keyHolder);
    },
  };
};
