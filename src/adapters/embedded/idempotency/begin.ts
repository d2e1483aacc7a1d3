import { type Begun } from '../../../application/ports/idempotency.js';
import { type Tables } from './tables.js';

export const REMEMBERED_MS = 24 * 3_600_000;
/** By then whoever began it has died, or will find somebody else's answer. */
const GIVEN_UP_AFTER_MS = 60_000;

/** Only within a transaction: of two callers one is the first. */
export const begin = ({ keys, ages }: Tables, key: string, fingerprint: string, at: number): Begun => {
  const stored = keys.get(key);
  if (stored !== undefined && at < stored.begunAt + REMEMBERED_MS) {
    if (stored.fingerprint !== fingerprint) return { begun: 'OtherRequest' };
    if (stored.response !== null) return { begun: 'Answered', response: stored.response };
    if (at < stored.begunAt + GIVEN_UP_AFTER_MS) return { begun: 'Running' };
  }
  if (stored !== undefined) ages.removeSync([stored.begunAt, key]);
  keys.putSync(key, { fingerprint, begunAt: at, response: null });
  ages.putSync([at, key], '');
  return { begun: 'First' };
};
