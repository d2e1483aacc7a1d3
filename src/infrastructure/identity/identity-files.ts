import { join } from 'node:path';
import { type Config } from '../config/load-config.js';

type Where = Pick<Config, 'DATA_DIR' | 'API_KEYS_FILE'>;

export const apiKeysPath = ({ DATA_DIR, API_KEYS_FILE }: Where): string =>
  API_KEYS_FILE ?? join(DATA_DIR, 'api-keys.json');

/** The command line's own key, as it is: anyone who can read the data directory can operate the server on it. */
export const ownKeyPath = ({ DATA_DIR }: Pick<Where, 'DATA_DIR'>): string => join(DATA_DIR, 'cli-key');

/** What tokens of development are signed with. */
export const devIssuerPath = ({ DATA_DIR }: Pick<Where, 'DATA_DIR'>): string => join(DATA_DIR, 'dev-issuer.json');
