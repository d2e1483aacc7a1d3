import { either as E } from 'fp-ts';
import { authFaults } from './auth-faults.js';
import { misspeltNames } from './misspelt-names.js';
import { ALL_PROCESSES, type Environment, environment } from './environment.js';
import { readSecretFiles, secretFiles } from './secret-files.js';

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
  const undecided = parsed.success ? authFaults(parsed.data, variables['NODE_ENV'] === 'production') : [];
  const apart = [...missingServers(given), ...incomplete(given), ...withoutTls(given), ...withoutTurnstile(given)];
  const all = [...unread, ...faults, ...misspelt(given), ...apart, ...undecided];
  if (!parsed.success || all.length > 0) return E.left(all);
  return E.right(Object.freeze({ ...parsed.data, AUTH: parsed.data.AUTH ?? 'off' }));
};
