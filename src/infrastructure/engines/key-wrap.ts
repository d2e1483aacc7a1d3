import { either as E } from 'fp-ts';
import { noKeyWrap, secretKeyWrap } from '../../adapters/key-wrap/secret-key-wrap.js';
import { checkKeyWrap } from '../../application/kernel/personal-data/check-key-wrap.js';
import { type DataKeys } from '../../application/ports/data-keys.js';
import { type KeyWrap } from '../../application/ports/key-wrap.js';
import { type Config } from '../config/load-config.js';
import { EngineAway } from './retry-while-engine-away.js';

type Secret = Pick<Config, 'PERSONAL_DATA_KEY'>;

export const keyWrapOf = ({ PERSONAL_DATA_KEY: secret }: Secret): KeyWrap =>
  secret === undefined ? noKeyWrap : secretKeyWrap(secret);

/** Why the personal data that are stored cannot be read; null when they can. Rejects with EngineAway. */
export const keyWrapFault = async (keys: DataKeys, config: Secret): Promise<string | null> => {
  const checked = await checkKeyWrap(keys, keyWrapOf(config))();
  if (E.isRight(checked)) return null;
  if (checked.left !== 'WrongKey') throw new EngineAway('event store');
  return config.PERSONAL_DATA_KEY === undefined
    ? 'The stored personal data are encrypted with a PERSONAL_DATA_KEY, and none is set: set the one they were encrypted with.'
    : 'PERSONAL_DATA_KEY is not the secret that the stored personal data are encrypted with: set that one.';
};
