import { taskEither as TE } from 'fp-ts';
import { type IdempotencyKeys, type StoredResponse } from '../../../src/application/ports/idempotency.js';

/** Keys in memory, without their running out. */
export const inMemoryIdempotency = (): IdempotencyKeys => {
  const kept = new Map<
    string,
    { readonly fingerprint: string; readonly response: StoredResponse | null; readonly isOpen?: true }
  >();
  return {
    begin: (key, fingerprint) => {
      const known = kept.get(key);
      if (known === undefined) {
        kept.set(key, { fingerprint, response: null });
        return TE.right({ begun: 'First' });
      }
      if (known.fingerprint !== fingerprint) return TE.right({ begun: 'OtherRequest' });
      if (known.isOpen === true) {
        kept.set(key, { fingerprint, response: null });
        return TE.right({ begun: 'First' });
      }
      return TE.right(known.response === null ? { begun: 'Running' } : { begun: 'Answered', response: known.response });
    },
    answer: (key, response) => {
      const known = kept.get(key);
      if (known !== undefined) kept.set(key, { ...known, response });
      return TE.right(undefined);
    },
    reopen: (key) => {
      const known = kept.get(key);
      if (known !== undefined && known.response === null) kept.set(key, { ...known, isOpen: true });
      return TE.right(undefined);
    },
    forget: (key) => {
      kept.delete(key);
      return TE.right(undefined);
    },
  };
};
