import { type Environment } from './environment.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i;

type Auth = Pick<
  Environment,
  'AUTH' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE' | 'AUTH_JWKS_URL' | 'AUTH_JWKS_FILE' | 'HTTP_HOST' | 'PROCESSES'
>;

const DECIDE =
  'AUTH=jwt with AUTH_ISSUER, AUTH_AUDIENCE and AUTH_JWKS_URL (or without them, where only API keys call), ' +
  'or HTTP_HOST=127.0.0.1; see "Who asks" in the README';

const OF_ISSUERS = ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL', 'AUTH_JWKS_FILE'] as const;

const ofIssuer = (auth: Auth, isProduction: boolean): ReadonlyArray<string> => {
  const { AUTH_ISSUER, AUTH_AUDIENCE, AUTH_JWKS_URL, AUTH_JWKS_FILE } = auth;
  const places = [AUTH_JWKS_URL, AUTH_JWKS_FILE].filter((place) => place !== undefined);
  if (AUTH_ISSUER === 'dev') {
    if (isProduction) return ['AUTH_ISSUER: dev is for development, and refused with NODE_ENV=production'];
    return places.length === 0
      ? []
      : ['AUTH_ISSUER: dev has keys of its own; without AUTH_JWKS_URL and AUTH_JWKS_FILE'];
  }
  if (AUTH_ISSUER === undefined)
    return places.length === 0 && AUTH_AUDIENCE === undefined
      ? []
      : ['AUTH_ISSUER: is needed with AUTH_AUDIENCE, AUTH_JWKS_URL and AUTH_JWKS_FILE'];
  return [
    ...(AUTH_AUDIENCE === undefined ? ['AUTH_AUDIENCE: is needed with AUTH_ISSUER'] : []),
    ...(places.length === 1 ? [] : ['AUTH_JWKS_URL: either it or AUTH_JWKS_FILE is needed with AUTH_ISSUER']),
  ];
};

/** Without authentication a server answers its own machine alone; anywhere else somebody must have decided. */
export const authFaults = (auth: Auth, isProduction: boolean): ReadonlyArray<string> => {
  if (auth.AUTH === 'jwt') return ofIssuer(auth, isProduction);
  if (!auth.PROCESSES.includes('api')) return [];
  const meantFor = OF_ISSUERS.filter((name) => auth[name] !== undefined);
  if (meantFor.length > 0)
    return [`AUTH: must be jwt with ${meantFor.join(', ')}; otherwise nobody's token is looked at`];
  if (LOOPBACK.test(auth.HTTP_HOST)) return [];
  return auth.AUTH === 'off'
    ? [`AUTH: off is for a loopback address alone, and HTTP_HOST is ${auth.HTTP_HOST}: set ${DECIDE}`]
    : [`AUTH: must be decided, for HTTP_HOST is ${auth.HTTP_HOST}, where others can call: set ${DECIDE}`];
};
