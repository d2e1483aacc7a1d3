import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { BACKWARDS, END } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type Connection } from './connection.js';
import { type ConnectionString, type Host } from './connection-string.js';
import { FileNotFound } from './create-client.js';
import { isAccessDenied, isUnauthenticated } from './failures.js';
import { appendImpossible } from './last-revision.js';
import { collect } from './read-all.js';

/** Why the event store cannot be used. Only what is away may come back by itself. */
export interface Fault {
  readonly kind: 'misconfigured' | 'away';
  /** A sentence that says what to change. */
  readonly sentence: string;
}

/** Together less than the five seconds an operator is to wait for the reason. */
const ANSWER_MS = 2_500;
const PROBE_MS = 2_000;
/** Nothing is ever written to it. */
const PROBED_STREAM = 'rights-asked';

const misconfigured = (sentence: string): Fault => ({ kind: 'misconfigured', sentence: `EVENTSTORE_URL: ${sentence}` });

/** How a handshake of our own ends: the gRPC client does not tell one failure of it from another. */
const handshake = ({ address, port }: Host, { tlsCAFile }: ConnectionString): Promise<string | null> =>
  new Promise((resolve) => {
    const host = address.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port,
      ALPNProtocols: ['h2'],
      timeout: PROBE_MS,
      ...(tlsCAFile !== undefined && { ca: readFileSync(tlsCAFile) }),
    });
    const over = (fault: string | null): void => {
      socket.destroy();
      resolve(fault);
    };
    socket.on('secureConnect', () => over(null));
    socket.on('timeout', () => over('ETIMEDOUT'));
    socket.on('error', (error) => over('code' in error ? String(error.code) : error.message));
  });

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|LEAF_SIGNATURE|ALTNAME/;
const NOBODY = /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ETIMEDOUT/;

const networkFault = async (to: ConnectionString): Promise<Fault> => {
  const [host] = to.hosts;
  if (host === undefined) return misconfigured('names no host.');
  const where = to.hosts.map(({ address, port }) => `${address}:${port}`).join(', ');
  const fault = await handshake(host, to);
  if (!to.tls && (fault === null || CERTIFICATE.test(fault)))
    return misconfigured(`the event store at ${where} speaks TLS: leave out tls=false.`);
  if (to.tls && fault !== null && CERTIFICATE.test(fault))
    return misconfigured(
      fault.includes('ALTNAME')
        ? `the certificate of ${where} is for another name: use the name that it is for.`
        : `the certificate of ${where} is of an authority that is not known here (${fault}): name its file with tlsCAFile=….`,
    );
  if (to.tls && fault !== null && !NOBODY.test(fault))
    return misconfigured(`the event store at ${where} does not speak TLS (${fault}): add tls=false.`);
  return {
    kind: 'away',
    sentence: `The event store cannot be reached at ${where}${fault !== null && NOBODY.test(fault) ? ` (${fault})` : ''}: is it running, and is EVENTSTORE_URL right?`,
  };
};

const accessFault = (error: unknown, { credentials }: ConnectionString): Fault | null => {
  if (!isAccessDenied(error)) return null;
  if (credentials === undefined)
    return misconfigured('the event store lets nobody in without a user: write esdb://user:password@host….');
  return isUnauthenticated(error)
    ? misconfigured(`the event store does not take this password of the user ${credentials.username}.`)
    : misconfigured(
        `the user ${credentials.username} may not read all events ($all): give that right, see docs/event-store.md, or name another user.`,
      );
};

/** Tries what the product does all the time, reading all events and appending, and finds out why it cannot. Writes nothing. */
export const findFault = async (connection: Connection): Promise<Fault | null> => {
  const { to } = connection;
  const read = await connection.attempt(
    (client, wait) => collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }), wait),
    ANSWER_MS,
  );
  if (E.isRight(read)) {
    const refused = await connection.attempt((client) =>
      appendImpossible(client, connection.options.namespace + PROBED_STREAM, connection.asUser),
    );
    return E.isLeft(refused) && isAccessDenied(refused.left)
      ? misconfigured(`the user ${to.credentials?.username ?? 'nobody'} may not append: see docs/event-store.md.`)
      : null;
  }
  if (read.left instanceof FileNotFound) return misconfigured(`${read.left.message}.`);
  return accessFault(read.left, to) ?? networkFault(to);
};
