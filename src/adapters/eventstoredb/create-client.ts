import { existsSync, readFileSync } from 'node:fs';
import { ClosableClient } from './closable-client.js';
import { type ConnectionString } from './connection-string.js';

/** The client asks a quiet connection for a sign of life every 10 s: a call on one that went silent fails within 15 s. */
const SIGN_OF_LIFE_WITHIN_MS = 5_000;

/** A file that the connection string names and that is not there. */
export class FileNotFound extends Error {
  constructor(
    readonly option: 'tlsCAFile' | 'userCertFile' | 'userKeyFile',
    readonly path: string,
  ) {
    super(`${option}: there is no file ${path}`);
  }
}

const fileOf = (option: FileNotFound['option'], path: string): Buffer => {
  if (!existsSync(path)) throw new FileNotFound(option, path);
  return readFileSync(path);
};

const channelOf = ({ tls, tlsVerifyCert, tlsCAFile, userCertFile, userKeyFile }: ConnectionString) => {
  if (!tls) return { insecure: true };
  return {
    ...(tlsCAFile !== undefined && { rootCertificate: fileOf('tlsCAFile', tlsCAFile) }),
    ...(userCertFile !== undefined && { userCertFile: fileOf('userCertFile', userCertFile) }),
    ...(userKeyFile !== undefined && { userKeyFile: fileOf('userKeyFile', userKeyFile) }),
    ...(!tlsVerifyCert && { verifyOptions: { rejectUnauthorized: false } }),
  };
};

/**
 * A client of its own connection: clients with the same settings share one, so each `generation` waits for a sign of life
 * a millisecond longer. Throws FileNotFound.
 */
export const createClient = (to: ConnectionString, generation: number): ClosableClient => {
  const { hosts, discover, tls: _, tlsVerifyCert: __, credentials, ...options } = to;
  const settings = { ...options, keepAliveTimeout: (options.keepAliveTimeout ?? SIGN_OF_LIFE_WITHIN_MS) + generation };
  const channel = channelOf(to);
  const [first] = hosts;
  if (first === undefined) throw new Error('no host');
  const create = (): ClosableClient => {
    if (discover) return new ClosableClient({ ...settings, discover: first }, channel, credentials);
    return hosts.length > 1
      ? new ClosableClient({ ...settings, endpoints: [...hosts] }, channel, credentials)
      : new ClosableClient({ ...settings, endpoint: first }, channel, credentials);
  };
  return create().reconnectingQuietly();
};
