import { either as E } from 'fp-ts';

export interface Host {
  /** An IPv6 address stands in brackets. */
  readonly address: string;
  readonly port: number;
}

const PREFERENCES = ['leader', 'follower', 'read_only_replica', 'random'] as const;
type NodePreference = (typeof PREFERENCES)[number];

/** What a connection string says; what it leaves out is the client's to decide. */
export interface ConnectionString {
  readonly hosts: ReadonlyArray<Host>;
  /** The first host stands for the nodes of a cluster, which tell each other's addresses. */
  readonly discover: boolean;
  readonly tls: boolean;
  /** False: any certificate will do. */
  readonly tlsVerifyCert: boolean;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly tlsCAFile?: string;
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly connectionName?: string;
  readonly nodePreference?: NodePreference;
  readonly maxDiscoverAttempts?: number;
  /** Milliseconds. */
  readonly discoveryInterval?: number;
  /** Seconds. */
  readonly gossipTimeout?: number;
  /** Milliseconds, as the two that follow; -1 for never. */
  readonly defaultDeadline?: number;
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
}

const DEFAULT_PORT = 2113;
const SCHEME = /^(?:esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\//i;
/** A name with no `:`, a password with no `@`: others are escaped. Not a port and what follows it. */
const USER = /^([^:@/?,]+):(?!\d{1,5}(?:[,/?]|$))([^@]*)@/;
const NO_PASSWORD = /^[^:@/?,]+@/;
const HOST = /^(\[[0-9a-f:.%]+\]|[^\s:@[\]]+)(?::(\d{1,5}))?$/i;

class Fault extends Error {}

const unescaped = (text: string, what: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Fault(`${what} has a % that begins no escape: write %25`);
  }
};

const hostOf = (text: string): Host => {
  const [, address, port = String(DEFAULT_PORT)] = HOST.exec(text) ?? [];
  if (address === undefined) throw new Fault(`«${text}» is not host:port; IPv6 addresses stand in brackets`);
  if (Number(port) < 1 || Number(port) > 65_535) throw new Fault(`${port} is not a port`);
  return { address, port: Number(port) };
};

const whole = (value: string, key: string): number => {
  if (!/^-?\d+$/.test(value)) throw new Fault(`${key} must be a whole number`);
  return Number(value);
};

const yes = (value: string, key: string): boolean => {
  if (!/^(true|false)$/i.test(value)) throw new Fault(`${key} must be true or false`);
  return value.toLowerCase() === 'true';
};

const flat = (text: string): string => text.trim().toLowerCase().replace(/[_-]/g, '');

const preference = (value: string): NodePreference => {
  const known = PREFERENCES.find((name) => flat(name) === flat(value));
  if (known === undefined) throw new Fault(`nodePreference must be one of ${PREFERENCES.join(', ')}`);
  return known;
};

/** Options of other clients are passed over, as this one's documentation says of options it does not know. */
const optionOf = (pair: string): Partial<ConnectionString> => {
  const [name = '', ...rest] = pair.split('=');
  const raw = rest.join('=').trim();
  if (raw === '') throw new Fault(`«${name}» has no value`);
  const value = (): string => unescaped(raw, name);
  switch (flat(name)) {
    case 'tls':
      return { tls: yes(raw, name) };
    case 'tlsverifycert':
      return { tlsVerifyCert: yes(raw, name) };
    case 'dnsdiscover':
      return { discover: yes(raw, name) };
    case 'tlscafile':
      return { tlsCAFile: value() };
    case 'usercertfile':
      return { userCertFile: value() };
    case 'userkeyfile':
      return { userKeyFile: value() };
    case 'connectionname':
      return { connectionName: value() };
    case 'nodepreference':
      return { nodePreference: preference(raw) };
    case 'maxdiscoverattempts':
      return { maxDiscoverAttempts: whole(raw, name) };
    case 'discoveryinterval':
      return { discoveryInterval: whole(raw, name) };
    case 'gossiptimeout':
      return { gossipTimeout: whole(raw, name) };
    case 'defaultdeadline':
      return { defaultDeadline: whole(raw, name) };
    case 'keepaliveinterval':
      return { keepAliveInterval: whole(raw, name) };
    case 'keepalivetimeout':
      return { keepAliveTimeout: whole(raw, name) };
    default:
      return {};
  }
};

const read = (text: string): ConnectionString => {
  const scheme = SCHEME.exec(text);
  if (scheme === null) throw new Fault('must begin with esdb://, kurrentdb:// or one of them with +discover');
  const afterScheme = text.slice(scheme[0].length);
  const user = USER.exec(afterScheme);
  if (user === null && NO_PASSWORD.test(afterScheme)) throw new Fault('names a user without a password');
  const [, username, password] = user ?? [];
  const [place = '', ...query] = afterScheme.slice(user?.[0].length ?? 0).split('?');
  const [hosts = ''] = place.split('/');
  return {
    hosts: hosts.split(',').map((host) => hostOf(host.trim())),
    discover: scheme[1] !== undefined,
    tls: true,
    tlsVerifyCert: true,
    ...(username !== undefined &&
      password !== undefined && {
        credentials: { username: unescaped(username, 'the user'), password: unescaped(password, 'the password') },
      }),
    ...query
      .join('?')
      .split('&')
      .filter((pair) => pair !== '')
      .map(optionOf)
      .reduce<Partial<ConnectionString>>((all, one) => ({ ...all, ...one }), {}),
  };
};

/**
 * Reads a connection string in every form the clients' documentation names: several hosts, `+discover`, escaped user and
 * password, IPv6. Left: what is wrong with it, never with the password in it.
 */
export const parseConnectionString = (text: string): E.Either<string, ConnectionString> => {
  try {
    return E.right(read(text.trim()));
  } catch (error) {
    if (error instanceof Fault) return E.left(error.message);
    throw error;
  }
};
