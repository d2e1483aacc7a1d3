import { either as E } from 'fp-ts';

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

/** What `REDIS_URL` says: one server, sentinels that know the primary, or some nodes of a cluster. */
export interface RedisAddress {
  readonly form: 'server' | 'sentinel' | 'cluster';
  /** At least one. */
  readonly hosts: readonly [RedisHost, ...ReadonlyArray<RedisHost>];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** Always 0 on a cluster, which has no others. */
  readonly database: number;
  /** The name by which sentinels know the primary; empty without sentinels. */
  readonly primary: string;
}

const SHAPE =
  /^(?<scheme>rediss?)(?<form>\+sentinel|\+cluster)?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?]*)(?:\/(?<path>[^?]*))?(?:\?.*)?$/;
const HOST = /^(?<host>[^\s:[\]]+|\[[\da-fA-F:.]+\])(?::(?<port>\d{1,5}))?$/;

const FORMS = { '': 'server', '+sentinel': 'sentinel', '+cluster': 'cluster' } as const;
const PORTS = { server: 6379, sentinel: 26_379, cluster: 6379 } as const;

const hostOf = (text: string, usual: number): RedisHost | null => {
  const { host, port } = HOST.exec(text.trim())?.groups ?? {};
  const number = port === undefined ? usual : Number(port);
  return host === undefined || number > 65_535 ? null : { host: host.replace(/^\[|\]$/g, ''), port: number };
};

const unescaped = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

const formOf = (suffix: string | undefined): RedisAddress['form'] =>
  suffix === '+sentinel' || suffix === '+cluster' ? FORMS[suffix] : FORMS[''];

/** Database 0 where none is named; null for what is no number. */
const databaseOf = (text: string): number | null => (/^\d{0,4}$/.test(text) ? Number(text) : null);

const DATABASE = 'names no database by its number';

/** Left: what is wrong with it, never with the password in it. */
export const parseRedisUrl = (text: string): E.Either<string, RedisAddress> => {
  const parts = SHAPE.exec(text)?.groups;
  if (parts === undefined)
    return E.left('must begin with redis:// or rediss://, or one of them with +sentinel or +cluster');
  const form = formOf(parts['form']);
  const [first, ...others] = (parts['hosts'] ?? '').split(',').map((host) => hostOf(host, PORTS[form]));
  const more = others.filter((host) => host !== null);
  if (first === undefined || first === null || more.length < others.length)
    return E.left('must name a host, or host:port, several separated by commas');
  if (form === 'server' && more.length > 0) return E.left('names several hosts: write +sentinel or +cluster');
  const path = (parts['path'] ?? '').split('/');
  const [primary = '', named = ''] = form === 'sentinel' ? path : ['', path.join('/')];
  if (form === 'sentinel' && primary === '')
    return E.left('must name the primary as the sentinels do: redis+sentinel://host:26379/NAME');
  const database = databaseOf(named);
  if (database === null) return E.left(DATABASE);
  if (form === 'cluster' && database !== 0) return E.left('names a database: a cluster has only database 0');
  const [username, password] = [unescaped(parts['user'] ?? ''), unescaped(parts['password'] ?? '')];
  if (username === null || password === null)
    return E.left('has a user or a password with a % that is not followed by two digits: write %25');
  return E.right({
    form,
    hosts: [first, ...more],
    tls: parts['scheme'] === 'rediss',
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    database,
    primary,
  });
};
