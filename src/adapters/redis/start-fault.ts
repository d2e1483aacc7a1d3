import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type RedisAccess } from './client.js';
import { type RedisHost } from './redis-url.js';

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/;
const CLIENT_CERTIFICATE = /certificate required|bad certificate|handshake failure/i;
const PASSWORD = /WRONGPASS|NOAUTH|invalid (username-)?password|without any password/i;
const RIGHTS = /NOPERM/;
const WANTS_CERTIFICATE = 'wants a certificate from its clients: REDIS_CERT_FILE and REDIS_KEY_FILE';
const NO_HOST = /ENOTFOUND|EAI_AGAIN/;

const saidBy = (error: Error): string => `${'code' in error ? String(error.code) : ''} ${error.message}`;

/** Whose password: the sentinels have one of their own. */
export interface Asked {
  readonly host: RedisHost;
  readonly who: 'Redis' | 'A sentinel';
  readonly user: string;
}

/** What no waiting can mend; null for a server that is only away. */
export const faultOf = (error: Error, { who, user }: Asked): string | null => {
  const said = saidBy(error);
  if (PASSWORD.test(said)) return `${who} refuses the user or the password of ${user}: ${error.message}`;
  if (RIGHTS.test(said)) return `The user of ${user} may not do what is needed: ${error.message}`;
  if (CLIENT_CERTIFICATE.test(said)) return `${who} ${WANTS_CERTIFICATE}`;
  if (CERTIFICATE.test(said))
    return `The certificate of ${who === 'Redis' ? who : 'a sentinel'} is not trusted (${error.message}): name its authority with REDIS_CA_FILE`;
  return null;
};

/** Why nobody can be asked yet, for an operator to read while it is waited for. */
export const awayOf = (errors: ReadonlyArray<Error>, { host, who }: Asked): string => {
  const where = `${host.host}:${host.port}`;
  return errors.some((error) => NO_HOST.test(saidBy(error)))
    ? `There is no host ${host.host}, which REDIS_URL names: waiting for it`
    : `${who} does not answer at ${where}, which REDIS_URL names: waiting for it`;
};

const PROBE_MS = 500;

const probed = (socket: Socket, speaks: (socket: Socket, yes: () => void) => void): Promise<boolean> =>
  new Promise((resolve) => {
    const over = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PROBE_MS, () => over(false));
    // A server that wants a certificate speaks TLS.
    socket.on('error', (error) => over(CLIENT_CERTIFICATE.test(error.message)));
    speaks(socket, () => over(true));
  });

/**
 * What else may be wrong where a server hangs up, or waits for more: shown by speaking TLS where it was not spoken, or the
 * reverse. A server that wants a certificate ends a connection only after both sides have agreed on it.
 */
export const wrongTls = async ({ host, port }: RedisHost, { address, tls }: RedisAccess): Promise<string | null> => {
  const overTls = { host, port, ...tls, rejectUnauthorized: false };
  const speaksTls = () => probed(connectTls(overTls), (socket, yes) => socket.on('secureConnect', yes));
  const wantsCertificate = () =>
    probed(connectTls(overTls), (socket, yes) => {
      socket.on('secureConnect', () => socket.removeAllListeners('error').on('error', yes).on('close', yes));
    });
  const speaksPlain = () =>
    probed(connect({ host, port }), (socket, yes) => {
      socket.write('PING\r\n');
      socket.on('data', (said) => /^[+-]/.test(said.toString('latin1')) && yes());
    });
  if (!address.tls)
    return (await speaksTls())
      ? 'speaks nothing but TLS at the port of REDIS_URL: write rediss in place of redis'
      : null;
  if (await speaksPlain()) return 'speaks no TLS at the port of REDIS_URL: write redis in place of rediss';
  return (await wantsCertificate()) ? WANTS_CERTIFICATE : null;
};
