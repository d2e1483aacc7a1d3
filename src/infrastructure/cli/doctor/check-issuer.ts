import { ALGORITHMS, countUsable, loggable, readIssuerKeys, whyAway } from '../../../adapters/identity/issuer-keys.js';
import { DEV_ISSUER } from '../../../adapters/identity/dev-issuer.js';
import { type Config } from '../../config/load-config.js';
import { issuerOf } from '../../identity/open-identity.js';
import { type Finding, ok, wrong } from './finding.js';

/** The issuer of tokens, where there is one: whether its keys can be had, and verify tokens. */
export const checkIssuer = async (config: Config): Promise<ReadonlyArray<Finding>> => {
  const { AUTH, AUTH_ISSUER, AUTH_JWKS_URL, AUTH_JWKS_FILE } = config;
  if (AUTH === 'off' || AUTH_ISSUER === undefined) return [];
  if (AUTH_ISSUER === DEV_ISSUER) return [ok('issuer', 'dev: its key is in the data directory')];
  const [name, place] =
    AUTH_JWKS_URL === undefined
      ? ['AUTH_JWKS_FILE', AUTH_JWKS_FILE ?? '']
      : ['AUTH_JWKS_URL', loggable(new URL(AUTH_JWKS_URL))];
  try {
    const jwks = issuerOf(config)?.jwks ?? { keys: [] };
    const keys = jwks instanceof URL ? await readIssuerKeys(jwks) : jwks;
    const said = `${countUsable(keys)} of the ${keys.keys.length} keys at ${place} verify tokens`;
    return [
      countUsable(keys) > 0
        ? ok('issuer', said)
        : wrong('issuer', `${said}: there must be one for signatures by ${ALGORITHMS.join(', ')}; or correct ${name}`),
    ];
  } catch (error) {
    const why = `The keys of the issuer cannot be fetched at ${place} (${whyAway(error)})`;
    return [wrong('issuer', `${why}: no token is accepted before; start the issuer, or correct ${name}`)];
  }
};
