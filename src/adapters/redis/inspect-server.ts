import { either as E } from 'fp-ts';
import { Redis } from 'ioredis';
import { answeredWithin } from './answered-within.js';
import { text } from './reply.js';

export interface Inspected {
  /** It can be worked with, yet an operator should know. */
  readonly warnings: ReadonlyArray<string>;
}

const WITHIN_MS = 4_000;

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/;
const PASSWORD = /WRONGPASS|NOAUTH|invalid (username-)?password|without any password/i;
const RIGHTS = /NOPERM/;

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** What no waiting can mend; null for a server that is only away. */
const faultOf = (error: Error): string | null => {
  if (PASSWORD.test(error.message)) return `Redis refuses the user or the password of REDIS_URL: ${error.message}`;
  if (RIGHTS.test(error.message)) return `The user of REDIS_URL may not do what is needed: ${error.message}`;
  if (CERTIFICATE.test(codeOf(error)))
    return `The certificate of Redis is not trusted (${error.message}). Name its authority with NODE_EXTRA_CA_CERTS.`;
  return null;
};

const setting = (info: string, name: string): string => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? '';

const judge = (info: string): E.Either<string, Inspected> => {
  if (setting(info, 'cluster_enabled') === '1')
    return E.left(
      'REDIS_URL names a node of a Redis Cluster, which is not supported: name a single Redis, or its primary.',
    );
  const warnings: string[] = [];
  const policy = setting(info, 'maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction')
    warnings.push(
      `The Redis of REDIS_URL may evict what is kept in it: set its maxmemory-policy from ${policy} to noeviction`,
    );
  if (setting(info, 'role') === 'slave')
    warnings.push('The Redis of REDIS_URL is a replica, which cannot be written: name the primary');
  return E.right({ warnings });
};

/**
 * Looks at the server once, before anything waits for it. Left: why no waiting would help, for an operator to read. A server
 * that is away, or does not answer within 4 s, has nothing to warn of.
 */
export const inspectServer = async (url: string): Promise<E.Either<string, Inspected>> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: WITHIN_MS,
    connectionName: 'doorbuster-start',
  });
  const causes: Error[] = [];
  redis.on('error', (error: Error) => void causes.push(error));
  const ask = async (): Promise<E.Either<string, Inspected>> => {
    await redis.connect();
    return judge(text(await redis.info()));
  };
  try {
    return await answeredWithin(WITHIN_MS, ask());
  } catch (error) {
    if (error instanceof Error) causes.push(error);
    const found = causes.map(faultOf).find((each) => each !== null);
    return found === undefined ? E.right({ warnings: [] }) : E.left(found);
  } finally {
    redis.disconnect();
  }
};
