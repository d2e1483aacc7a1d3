import { either as E } from 'fp-ts';
import { Redis } from 'ioredis';
import { credentials, type RedisAccess, tlsOf } from './client.js';
import { missingRights } from './needed-rights.js';
import { type RedisHost } from './redis-url.js';
import { items, text, texts } from './reply.js';
import { answeredWithin } from './server.js';
import { type Asked, awayOf, faultOf, wrongTls } from './start-fault.js';

export interface Inspected {
  /** It can be worked with, or will be; yet an operator should know. */
  readonly warnings: ReadonlyArray<string>;
}

type Answer = E.Either<string, Inspected>;

/** What a server says of itself, for whoever looks closer. */
export interface RedisFacts {
  readonly version: string;
  /** Whether it writes to disk what it is given; null where it does not say. */
  readonly persists: boolean | null;
  /** Its time, epoch milliseconds. */
  readonly now: number;
}

type Tell = (facts: RedisFacts) => void;

const factsOf = async (redis: Redis, info: string): Promise<RedisFacts> => {
  const [seconds = '0'] = texts(items(await redis.time()));
  const saves = await redis.config('GET', 'save').then(
    (answer) => texts(items(answer))[1] !== '',
    () => null,
  );
  const persists = setting(info, 'aof_enabled') === '1' || saves;
  return { version: setting(info, 'redis_version'), persists, now: Number(seconds) * 1_000 };
};

/** Together less than the five seconds an operator is to wait for the reason. */
const WITHIN_MS = 4_000;
const ONE_HOST_MS = 1_500;

const warned = (...warnings: ReadonlyArray<string>): Answer => E.right({ warnings });
const setting = (info: string, name: string): string => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? '';

/** Another form of REDIS_URL would be right for this server. */
const wrongForm = (info: string, { address: { form } }: RedisAccess): string | null => {
  const isCluster = setting(info, 'cluster_enabled') === '1';
  if (setting(info, 'redis_mode') === 'sentinel')
    return 'REDIS_URL names a sentinel: write redis+sentinel://host:port/NAME, with the name of the primary';
  if (isCluster && form !== 'cluster')
    return 'REDIS_URL names a node of a Redis Cluster: write redis+cluster://host:port';
  if (!isCluster && form === 'cluster')
    return 'REDIS_URL names a Redis that is no node of a cluster: write redis://host:port';
  return null;
};

const judge = async (redis: Redis, access: RedisAccess, tell: Tell | undefined): Promise<Answer> => {
  const info = text(await redis.info());
  const wrong = wrongForm(info, access);
  if (wrong !== null) return E.left(wrong);
  if (tell !== undefined) tell(await factsOf(redis, info));
  const { form } = access.address;
  const missing = await missingRights(redis, access.namespace ?? '');
  if (missing.length > 0)
    return E.left(`The user of REDIS_URL may not do what is needed; add to its rules: ${missing.join(' ')}`);
  const warnings: string[] = [];
  const policy = setting(info, 'maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction')
    warnings.push(
      `The Redis of REDIS_URL may evict what is kept in it: set its maxmemory-policy from ${policy} to noeviction`,
    );
  if (form !== 'cluster' && setting(info, 'role') === 'slave')
    warnings.push('The Redis of REDIS_URL is a replica, which cannot be written: name the primary');
  return E.right({ warnings });
};

const clusterIsDown = async (redis: Redis): Promise<boolean> =>
  setting(text(await redis.cluster('INFO')), 'cluster_state') === 'fail';

const judgeNode = async (redis: Redis, access: RedisAccess, tell: Tell | undefined): Promise<Answer> => {
  const isDown = access.address.form === 'cluster' && (await clusterIsDown(redis).catch(() => false));
  const answer = await judge(redis, access, tell);
  const down = 'The Redis Cluster of REDIS_URL is down: some of its slots have no node';
  return isDown && E.isRight(answer) ? warned(...answer.right.warnings, down) : answer;
};

/** Asks one server, and no other: null when it is away, after which `away` knows why. */
const ask = async (
  access: RedisAccess,
  { as: user, ...asked }: Asked & { readonly as: { readonly username?: string; readonly password?: string } },
  question: (redis: Redis) => Promise<Answer>,
  away: (why: string) => void,
): Promise<Answer | null> => {
  const redis = new Redis({
    ...asked.host,
    ...credentials(user),
    ...tlsOf(access),
    db: asked.who === 'Redis' ? access.address.database : 0,
    keyPrefix: access.namespace ?? '',
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: ONE_HOST_MS,
    enableReadyCheck: false,
    connectionName: 'doorbuster-start',
  });
  const causes: Error[] = [];
  redis.on('error', (error: Error) => void causes.push(error));
  try {
    return await answeredWithin(
      ONE_HOST_MS,
      redis.connect().then(() => question(redis)),
    );
  } catch (error) {
    if (error instanceof Error) causes.push(error);
    const fault = causes.map((cause) => faultOf(cause, asked)).find((each) => each !== null);
    if (fault !== undefined) return E.left(fault);
    const wrong = await wrongTls(asked.host, access);
    if (wrong !== null) return E.left(`${asked.who} ${wrong}`);
    away(awayOf(causes, asked));
    return null;
  } finally {
    redis.disconnect();
  }
};

const askRedis = (
  access: RedisAccess,
  host: RedisHost,
  away: (why: string) => void,
  tell: Tell | undefined,
): Promise<Answer | null> =>
  ask(
    access,
    { host, who: 'Redis', user: 'REDIS_URL', as: access.address },
    (redis) => judgeNode(redis, access, tell),
    away,
  );

/** Where the primary is, by a sentinel; or why it is nowhere. */
const primaryBy = async (redis: Redis, { address }: RedisAccess): Promise<E.Either<string, RedisHost>> => {
  try {
    const found = await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', address.primary);
    if (Array.isArray(found)) return E.right({ host: text(found[0]), port: Number(text(found[1])) });
    const known = items(await redis.call('SENTINEL', 'MASTERS')).flatMap((each) => texts(items(each))[1] ?? []);
    return E.left(
      `The sentinels of REDIS_URL know no primary called ${address.primary}; they know ${known.join(', ') || 'none'}`,
    );
  } catch (error) {
    if (!(error instanceof Error) || !/unknown command/i.test(error.message)) throw error;
    return E.left(
      'REDIS_URL names a Redis where a sentinel should be: write redis://host:port, or the port of a sentinel',
    );
  }
};

const askSentinel = async (
  access: RedisAccess,
  host: RedisHost,
  away: (why: string) => void,
  tell: Tell | undefined,
): Promise<Answer | null> => {
  let primary: RedisHost | undefined;
  const asked = { host, who: 'A sentinel', user: 'REDIS_SENTINEL_PASSWORD', as: access.sentinelUser ?? {} } as const;
  const question = async (redis: Redis): Promise<Answer> => {
    const found = await primaryBy(redis, access);
    if (E.isLeft(found)) return found;
    primary = found.right;
    return warned();
  };
  const answer = await ask(access, asked, question, away);
  if (primary === undefined) return answer;
  return askRedis(access, primary, away, tell);
};

/**
 * Looks at Redis once, before anything waits for it. Left: why no waiting would help, for an operator to read, with the
 * variable to change. A server that is away, or does not answer within 4 s, is warned of and waited for. `tell` hears what the
 * server says of itself.
 */
export const inspectServer = async (access: RedisAccess, tell?: Tell): Promise<Answer> => {
  const { form, hosts } = access.address;
  const reasons: string[] = [];
  const away = (why: string): void => void reasons.push(why);
  const inTurn = async (): Promise<Answer | null> => {
    for (const host of hosts) {
      const answer =
        form === 'sentinel' ? await askSentinel(access, host, away, tell) : await askRedis(access, host, away, tell);
      if (answer !== null) return answer;
    }
    return null;
  };
  const answer = await answeredWithin(WITHIN_MS, inTurn()).catch(() => null);
  return answer ?? warned(...reasons);
};
