import { distance } from 'fastest-levenshtein';
import { either as E } from 'fp-ts';
import { ALL_PROCESSES, type Environment, environment } from './environment.js';
import { readSecretFiles, secretFiles } from './secret-files.js';

/** Nobody but us has names that begin so: each of them is meant for us. */
const OUR_PREFIXES = ['NAVER_PAY_', 'WAITING_', 'SANDBOX_', 'DATA_PLATFORM_'];

/** What Kubernetes and Docker tell every container of the services around it, whatever those are called. */
const OF_A_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_\w+)?)$/;
const ADDRESS_OF_A_SERVICE = /^(tcp|udp|sctp):\/\//;

/** Other people's, though they look like ours. */
const FOREIGN = ['HTTPS_PORT', 'HTTPS_HOST'];

const isForeign = (name: string, value: string): boolean =>
  OF_A_SERVICE.test(name) || ADDRESS_OF_A_SERVICE.test(value) || FOREIGN.includes(name);

const UNIT = /_(MS|SECONDS)$/;

const isSwapOfNeighbours = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && `${a.slice(0, at)}${a[at + 1]}${a[at]}${a.slice(at + 2)}` === b;
};

const edits = (a: string, b: string): number => (isSwapOfNeighbours(a, b) ? 1 : distance(a, b));

/** A short name has other people's names close by: `HTTP_PROXY` is three from `HTTP_PORT`, `REDIS_PORT` four from `REDIS_URL`. */
const mostEdits = (name: string): number => (name.length < 12 ? 1 : 2);

const isMisspelling = (given: string, known: string): boolean =>
  edits(given, known) <= mostEdits(known) || (UNIT.test(known) && given.replace(UNIT, '') === known.replace(UNIT, ''));

const nearest = (given: string, known: ReadonlyArray<string>): string =>
  known.reduce((best, name) => (edits(given, name) < edits(given, best) ? name : best));

/**
 * The names that are none of ours but were meant to be: next to a known one, or of a prefix that is ours alone; each with
 * the known name nearest to it. Other names are other people's: containers are full of them.
 */
const misspeltNames = (
  given: Readonly<Record<string, string>>,
  known: ReadonlyArray<string>,
): ReadonlyArray<{ readonly name: string; readonly nearest: string }> =>
  Object.entries(given)
    .filter(([name, value]) => !known.includes(name) && !isForeign(name, value))
    .flatMap(([name]) => {
      const upper = name.toUpperCase();
      const likely = known.filter((one) => isMisspelling(upper, one));
      if (likely.length > 0) return [{ name, nearest: nearest(upper, likely) }];
      const prefix = OUR_PREFIXES.find((one) => upper.startsWith(one));
      if (prefix === undefined) return [];
      const alike = known.filter((one) => one.startsWith(prefix));
      return [{ name, nearest: nearest(upper, alike) }];
    });

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
const authFaults = (auth: Auth, isProduction: boolean): ReadonlyArray<string> => {
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

/** The validated environment; frozen. Names are those of the variables: what an operator reads is what the code says. */
export type Config = Readonly<Environment & { readonly AUTH: 'off' | 'jwt' }>;

const SERVERS = ['EVENTSTORE_URL', 'KAFKA_BROKERS', 'REDIS_URL'] as const;

const isSet = (entry: [string, string | undefined]): entry is [string, string] =>
  entry[1] !== undefined && entry[1].trim() !== '';

const runsApart = (processes: string | undefined): boolean => {
  const parsed = environment.shape.PROCESSES.safeParse(processes);
  return parsed.success && parsed.data.length < ALL_PROCESSES.length;
};

const missingServers = (given: Readonly<Record<string, string>>): ReadonlyArray<string> =>
  runsApart(given['PROCESSES'])
    ? SERVERS.filter((name) => given[name] === undefined).map(
        (name) => `${name}: is needed when PROCESSES is not all, for processes share nothing but the servers`,
      )
    : [];

/** Variables that mean something only together: the second is useless without the first. */
const TOGETHER = [
  ['KAFKA_BROKERS', 'KAFKA_SASL_MECHANISM'],
  ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME'],
  ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_PASSWORD'],
  ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_MECHANISM'],
  ['KAFKA_SASL_PASSWORD', 'KAFKA_SASL_MECHANISM'],
  ['KAFKA_KEY_FILE', 'KAFKA_CERT_FILE'],
  ['KAFKA_CERT_FILE', 'KAFKA_KEY_FILE'],
  ['REDIS_KEY_FILE', 'REDIS_CERT_FILE'],
  ['REDIS_CERT_FILE', 'REDIS_KEY_FILE'],
  ['REDIS_URL', 'REDIS_SENTINEL_PASSWORD'],
  ['REDIS_SENTINEL_PASSWORD', 'REDIS_SENTINEL_USERNAME'],
  // Without the URL everything would be paid in the sandbox, by nobody; without the others nothing could be paid.
  ['NAVER_PAY_URL', 'NAVER_PAY_CLIENT_ID'],
  ['NAVER_PAY_URL', 'NAVER_PAY_CLIENT_SECRET'],
  ['NAVER_PAY_URL', 'NAVER_PAY_CHAIN_ID'],
  ['NAVER_PAY_CLIENT_ID', 'NAVER_PAY_URL'],
  ['NAVER_PAY_CLIENT_SECRET', 'NAVER_PAY_URL'],
] as const;

const incomplete = (given: Readonly<Record<string, string>>): ReadonlyArray<string> =>
  TOGETHER.filter(([needed, name]) => given[name] !== undefined && given[needed] === undefined).map(
    ([needed, name]) => `${needed}: is needed with ${name}`,
  );

const samePort = ({ HTTP_PORT, OPS_PORT, PROCESSES }: Environment): ReadonlyArray<string> =>
  OPS_PORT === HTTP_PORT && OPS_PORT !== 0 && PROCESSES.includes('api')
    ? ['OPS_PORT: must be another port than HTTP_PORT']
    : [];

const withoutTurnstile = (given: Readonly<Record<string, string>>): ReadonlyArray<string> =>
  ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET']
    .filter((name) => given['CHALLENGE_PROVIDER'] === 'turnstile' && given[name] === undefined)
    .map((name) => `${name}: is needed with CHALLENGE_PROVIDER=turnstile`);

/** Files of certificates that would be read by nobody: the servers would be spoken to in plain text. */
const withoutTls = (given: Readonly<Record<string, string>>): ReadonlyArray<string> => {
  const redisIsPlain = !(given['REDIS_URL'] ?? '').startsWith('rediss');
  return [
    ...['KAFKA_CA_FILE', 'KAFKA_CERT_FILE']
      .filter((name) => given[name] !== undefined && given['KAFKA_SSL'] !== 'true')
      .map((name) => `KAFKA_SSL: must be true with ${name}`),
    ...['REDIS_CA_FILE', 'REDIS_CERT_FILE']
      .filter((name) => given[name] !== undefined && redisIsPlain)
      .map((name) => `REDIS_URL: must begin with rediss with ${name}`),
  ];
};

const misspelt = (given: Readonly<Record<string, string>>): ReadonlyArray<string> =>
  misspeltNames(given, [...Object.keys(environment.shape), ...secretFiles]).map(
    ({ name, nearest }) => `${name}: there is no such variable; the nearest is ${nearest}`,
  );

/** Every fault at once, each beginning with the variable's name. */
export const loadConfig = (
  variables: Readonly<Record<string, string | undefined>>,
): E.Either<ReadonlyArray<string>, Config> => {
  const { given, faults: unread } = readSecretFiles(Object.fromEntries(Object.entries(variables).filter(isSet)));
  const parsed = environment.safeParse(given);
  const faults = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const undecided = parsed.success
    ? [...authFaults(parsed.data, variables['NODE_ENV'] === 'production'), ...samePort(parsed.data)]
    : [];
  const apart = [...missingServers(given), ...incomplete(given), ...withoutTls(given), ...withoutTurnstile(given)];
  const all = [...unread, ...faults, ...misspelt(given), ...apart, ...undecided];
  if (!parsed.success || all.length > 0) return E.left(all);
  return E.right(Object.freeze({ ...parsed.data, AUTH: parsed.data.AUTH ?? 'off' }));
};
