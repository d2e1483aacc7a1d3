import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { z } from 'zod';
import { inTurn, readPrivate, replacePrivate } from './private-file.js';
import { type Role, ROLES } from './role-of.js';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

const stored = z.object({
  name: z.string().regex(NAME),
  role: z.enum(ROLES),
  /** SHA-256 of the key: the key itself is nowhere, and too long to be guessed. */
  hash: z.string(),
  createdAt: z.string(),
});
const file = z.object({ keys: z.array(stored) });

export type ApiKey = z.infer<typeof stored>;

const PREFIX = 'db_';

/** Whether a credential says of itself that it is an API key. */
export const isApiKey = (credential: string): boolean => credential.startsWith(PREFIX);

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** A key nobody can guess. */
export const newApiKey = (): string => `${PREFIX}${randomBytes(32).toString('base64url')}`;

/** The keys in force; none where there is no file. Throws NotPrivate, and where the file is not one of keys. */
export const readApiKeys = (path: string): ReadonlyArray<ApiKey> => {
  const content = readPrivate(path);
  return content === null ? [] : file.parse(JSON.parse(content)).keys;
};

const write = (path: string, keys: ReadonlyArray<ApiKey>): void =>
  replacePrivate(path, `${JSON.stringify({ keys }, null, 2)}\n`);

/** The new key, to be shown once; null when the name is taken. Throws InUse. */
export const createApiKey = (path: string, name: string, role: Role, at: number): string | null =>
  inTurn(path, () => {
    const keys = readApiKeys(path);
    if (keys.some((key) => key.name === name)) return null;
    const key = newApiKey();
    write(path, [...keys, { name, role, hash: hashOf(key), createdAt: new Date(at).toISOString() }]);
    return key;
  });

/** False when there is no key of that name. Throws InUse. */
export const revokeApiKey = (path: string, name: string): boolean =>
  inTurn(path, () => {
    const keys = readApiKeys(path);
    const left = keys.filter((key) => key.name !== name);
    if (left.length === keys.length) return false;
    write(path, left);
    return true;
  });

const LOOK_MS = 500;

/** The version of a file of which the disk tells nothing. */
const UNTOLD = 'untold';

/** Differs also if only the modes have changed: a file that was not private is read again when it is. */
const versionOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${found.ctimeMs} ${found.size}`;
};

export interface KeyFileOptions {
  readonly path: string;
  /** Milliseconds that only go forward. */
  readonly elapsed: () => number;
  /** The file cannot be read: the keys stay those of before, and it is tried again. Told once of each version of the file. */
  readonly onUnreadable: (error: unknown) => void;
}

/** Whose key it is, by the hash of the key. A change of the file takes effect within half a second: it is looked at when a key is used. */
export const apiKeyFile = ({ path, elapsed, onUnreadable }: KeyFileOptions) => {
  let byHash = new Map<string, ApiKey>();
  let [version, unreadable] = ['', ''];
  let lookedAt = -Infinity;
  const look = (): void => {
    lookedAt = elapsed();
    let found = UNTOLD;
    try {
      found = versionOf(path);
      if (found !== version) byHash = new Map(readApiKeys(path).map((key) => [key.hash, key]));
      [version, unreadable] = [found, ''];
    } catch (error) {
      if (found !== unreadable) onUnreadable(error);
      unreadable = found;
    }
  };
  return (hash: string): ApiKey | null => {
    if (elapsed() - lookedAt >= LOOK_MS) look();
    return byHash.get(hash) ?? null;
  };
};
