import { either as E } from 'fp-ts';
import { hkdfSync, scryptSync } from 'node:crypto';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type Clock } from '../../application/ports/clock.js';
import { type ProcessName } from '../config/environment.js';
import { type Config } from '../config/load-config.js';
import { namespaceOf } from './namespace.js';

type Secrets = Pick<
  Config,
  'CHALLENGE_PROVIDER' | 'CHALLENGE_SECRET' | 'KEYS_SECRET' | 'NAMESPACE' | 'PROCESSES' | 'REDIS_URL'
>;

/** What signs challenges: its own secret, or one made from the secret that all processes share anyway; null where there is neither. */
export const challengeSecretOf = ({
  CHALLENGE_SECRET,
  KEYS_SECRET,
}: Pick<Secrets, 'CHALLENGE_SECRET' | 'KEYS_SECRET'>): string | null => {
  if (CHALLENGE_SECRET !== undefined) return CHALLENGE_SECRET;
  if (KEYS_SECRET === undefined) return null;
  return Buffer.from(hkdfSync('sha256', KEYS_SECRET, '', 'doorbuster challenges', 32)).toString('base64url');
};

interface Shared {
  readonly name: 'KEYS_SECRET' | 'CHALLENGE_SECRET';
  /** It can only be computed with the secret, and does not reveal it. */
  readonly fingerprint: string;
}

/** What this process has to have like the others beside the same Redis; a data directory has one process. */
const sharedBy = (config: Secrets): ReadonlyArray<Shared> => {
  const isOne = (...names: ReadonlyArray<ProcessName>): boolean =>
    names.some((name) => config.PROCESSES.includes(name));
  const shared = (name: Shared['name'], secret: string): Shared => ({
    name,
    fingerprint: scryptSync(secret, `doorbuster ${name}`, 32).toString('base64url'),
  });
  if (config.REDIS_URL === undefined) return [];
  const challenges = config.CHALLENGE_PROVIDER === 'altcha' ? challengeSecretOf(config) : null;
  return [
    ...(isOne('api', 'relay', 'scheduler') ? [shared('KEYS_SECRET', config.KEYS_SECRET ?? '')] : []),
    ...(isOne('api') && challenges !== null ? [shared('CHALLENGE_SECRET', challenges)] : []),
  ];
};

export interface SharedSecrets {
  /** Why this process must not run beside those that do; null where it may, and where that cannot be told now. */
  readonly fault: () => Promise<string | null>;
  /**
   * Removes the fingerprints that this process has left, so that a shop whose processes were all stopped can start with other
   * secrets. A process that still runs writes them again when it next asks for `fault`.
   */
  readonly leave: () => Promise<void>;
}

/** No key of a caller begins like this. */
const keyOf = ({ name }: Shared): string => `secret ${name}`;

/** Whether the processes of a shop have the same secrets: the first one to start leaves a fingerprint of its own. */
export const sharedSecrets = (
  keys: Pick<IdempotencyKeys, 'begin' | 'forget'>,
  clock: Pick<Clock, 'now'>,
  config: Secrets,
): SharedSecrets => {
  const all = sharedBy(config);
  const left = new Set<Shared>();
  return {
    fault: async () => {
      for (const shared of all) {
        const begun = await keys.begin(keyOf(shared), shared.fingerprint, clock.now())();
        if (E.isRight(begun) && begun.right.begun === 'First') left.add(shared);
        if (E.isRight(begun) && begun.right.begun === 'OtherRequest')
          return `${shared.name}: the other processes of this shop have another one: give all of them the same. To change it, stop all of them first; if they were killed, delete the key "${namespaceOf(config)}idempotency:${keyOf(shared)}" in Redis as well.`;
      }
      return null;
    },
    leave: async () => {
      for (const shared of left) await keys.forget(keyOf(shared))();
    },
  };
};
