import { type Container } from 'inversify';
import { encryptedSigningKeys, ringOfSealKeys } from '../../adapters/jwt/index.js';
import { issueReceipts } from '../../application/kernel/history/issue-receipts.js';
import { publishedSeals } from '../../application/operating/history/published-seals.js';
import { recordSealKeys } from '../../application/operating/history/record-seal-keys.js';
import { Tokens as T } from './tokens.js';

/** The keys that sign seals and receipts, and what is published of them. */
export const bindSeals = (container: Container): void => {
  container
    .bind(T.SigningKey)
    .toResolvedValue(
      (stored, eventStore, clock, { SEAL_KEY_ROTATION_MS: rotationMs, KEYS_SECRET: secret }) => {
        const keys = secret === undefined ? stored : encryptedSigningKeys(stored, secret, 'seals');
        return recordSealKeys({ keys: ringOfSealKeys({ keys, now: clock.now, rotationMs }), eventStore });
      },
      [T.SealKeys, T.EventStore, T.Clock, T.Config],
    )
    .inSingletonScope();
  container
    .bind(T.IssueReceipt)
    .toResolvedValue(
      (signingKey, metrics, clock) => issueReceipts({ signingKey, metrics, clock }),
      [T.SigningKey, T.Metrics, T.Clock],
    )
    .inSingletonScope();
  container
    .bind(T.HistoryCalls)
    .toResolvedValue((eventStore) => ({ publishedSeals: publishedSeals(eventStore) }), [T.EventStore])
    .inSingletonScope();
};
