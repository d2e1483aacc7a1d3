import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase, type Database } from 'lmdb';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type IdempotencyKeys, type Begun, type StoredResponse } from '../../../application/ports/idempotency.js';
import { commitDurably } from '../environment/index.js';
import { createHash } from 'node:crypto';

interface StoredKey {
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly begunAt: number;
  readonly response: StoredResponse | null;
  /** It ended without an answer to keep. */
  readonly isOpen?: true;
}

interface Tables {
  readonly keys: Database<StoredKey, string>;
  /** In order of age, for the sweep. */
  readonly ages: Database<string, [begunAt: number, key: string]>;
}

const openTables = (root: RootDatabase<unknown>): Tables => ({
  keys: root.openDB('idempotency-keys', { encoding: 'json' }),
  ages: root.openDB('idempotency-ages', { encoding: 'string' }),
});

/** A key comes from outside and may be of any length; LMDB's may not. */
const storedKey = (key: string): string => createHash('sha256').update(key).digest('base64url');

const SLICE = 1_000;

/** Forgets every key begun before `before`, a slice at a time; answers how many. */
const sweep = async (root: RootDatabase<unknown>, { keys, ages }: Tables, before: number): Promise<number> => {
  for (let forgotten = 0; ;) {
    const slice = [...ages.getKeys({ end: [before], limit: SLICE })];
    if (slice.length === 0) return forgotten;
    await commitDurably(root, () => {
      for (const [begunAt, key] of slice) {
        ages.removeSync([begunAt, key]);
        if (keys.get(key)?.begunAt === begunAt) keys.removeSync(key);
      }
    }).committed;
    forgotten += slice.length;
  }
};

const REMEMBERED_MS = 24 * 3_600_000;
/** By then whoever began it has died, or will find somebody else's answer. */
const GIVEN_UP_AFTER_MS = 60_000;
/** What no longer fits in is taken to be running for a minute. */
const MOST_FAILED = 10_000;

interface Beginning {
  readonly key: string;
  readonly fingerprint: string;
  readonly at: number;
  /** When it was begun in a commit that failed: nobody was told to be the first. */
  readonly failedAt: number | undefined;
}

/** Only within a transaction: of two callers one is the first. */
const begin = ({ keys, ages }: Tables, { key, fingerprint, at, failedAt }: Beginning): Begun => {
  const stored = keys.get(key);
  if (stored !== undefined && at < stored.begunAt + REMEMBERED_MS) {
    if (stored.fingerprint !== fingerprint) return { begun: 'OtherRequest' };
    if (stored.response !== null) return { begun: 'Answered', response: stored.response };
    const isOpen = stored.isOpen === true || stored.begunAt === failedAt;
    if (!isOpen && at < stored.begunAt + GIVEN_UP_AFTER_MS) return { begun: 'Running' };
  }
  if (stored !== undefined) ages.removeSync([stored.begunAt, key]);
  keys.putSync(key, { fingerprint, begunAt: at, response: null });
  ages.putSync([at, key], '');
  return { begun: 'First' };
};

export interface EmbeddedIdempotencyKeys extends IdempotencyKeys {
  /** Forgets the keys of more than 24 h ago; answers how many. Call it now and then. */
  readonly sweep: () => TE.TaskEither<'IdempotencyUnavailable', number>;
}

const unavailable = (): 'IdempotencyUnavailable' => 'IdempotencyUnavailable';

/** Idempotency keys in the data directory: an answer given before `kill -9` is given again after it. */
export const openIdempotencyKeys = (
  root: RootDatabase<unknown>,
  /** Epoch milliseconds. */
  { now = Date.now }: { readonly now?: () => number } = {},
): EmbeddedIdempotencyKeys => {
  const tables = openTables(root);
  const { keys, ages } = tables;

  const inTransaction = <A>(action: () => A): TE.TaskEither<'IdempotencyUnavailable', A> =>
    TE.tryCatch(() => commitDurably(root, action).committed, unavailable);
  /** By key: what was begun in a commit that failed, and may stand all the same. */
  const failed = recentlyUsed<string, number>(MOST_FAILED, GIVEN_UP_AFTER_MS);
  const beginOnce = async (key: string, fingerprint: string, at: number) => {
    let isFirst = false;
    const begun = await inTransaction(() => {
      const found = begin(tables, { key, fingerprint, at, failedAt: failed.get(key) });
      isFirst = found.begun === 'First';
      return found;
    })();
    if (E.isRight(begun)) failed.delete(key);
    else if (isFirst) failed.set(key, at);
    return begun;
  };
  return {
    begin: (key, fingerprint, at) => () => beginOnce(storedKey(key), fingerprint, at),
    answer: (key, response) =>
      inTransaction(() => {
        const stored = keys.get(storedKey(key));
        // The first answer stands: it may have been given to somebody already.
        if (stored !== undefined && stored.response === null) keys.putSync(storedKey(key), { ...stored, response });
      }),
    reopen: (key) =>
      inTransaction(() => {
        const stored = keys.get(storedKey(key));
        if (stored !== undefined && stored.response === null) keys.putSync(storedKey(key), { ...stored, isOpen: true });
      }),
    forget: (key) =>
      inTransaction(() => {
        const stored = keys.get(storedKey(key));
        if (stored === undefined || stored.response !== null) return;
        keys.removeSync(storedKey(key));
        ages.removeSync([stored.begunAt, storedKey(key)]);
      }),
    sweep: () => TE.tryCatch(() => sweep(root, tables, now() - REMEMBERED_MS), unavailable),
  };
};
