import { setTimeout as sleep } from 'node:timers/promises';
import { either as E } from 'fp-ts';
import { kafkaClient } from './client.js';
import { askOnce } from './held-client.js';
import { toError } from './in-time.js';
import { type KafkaOptions, kafkaSettings, retriesForAllBrokers } from './options.js';
import { type Sockets } from './sockets.js';

const WITHIN_MS = 4_000;

const CREDENTIALS = /SASL.*authentication failed|invalid (username|credentials)|Authentication failed/i;
const MECHANISM = /does not support the requested SASL mechanism|unsupported.*mechanism/i;
const CERTIFICATE = /self.signed|unable to (verify|get (local )?issuer)|certificate has expired|altnames|CERT_/i;
const NO_TLS = /wrong version number|packet length too long|EPROTO|unknown protocol|before secure TLS connection/i;
/** Also of brokers that are just stopping: only if it goes on. */
const HUNG_UP = /Closed connection/i;
const CLIENT_CERTIFICATE = /certificate required|bad certificate|handshake failure/i;
const RIGHTS = /not authorized|AUTHORIZATION_FAILED/i;

const CLOSED =
  'Kafka closes every connection at once: its port may want TLS (KAFKA_SSL) or a user (KAFKA_SASL_MECHANISM)';

/** What an error says of itself and of what led to it. */
const saidBy = (error: Error): string => {
  const cause = 'cause' in error && error.cause instanceof Error ? error.cause : null;
  const code = 'code' in error ? String(error.code) : '';
  return `${error.name} ${code} ${error.message}${cause === null ? '' : ` ${saidBy(cause)}`}`;
};

/** What no waiting can mend; null for brokers that are only away. */
const faultIn = (said: string): string | null => {
  if (MECHANISM.test(said)) return 'Kafka does not offer the mechanism of KAFKA_SASL_MECHANISM';
  if (CREDENTIALS.test(said))
    return 'Kafka refuses the user or the password of KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD';
  if (RIGHTS.test(said)) return 'The user of KAFKA_SASL_USERNAME may not do what is needed';
  if (CERTIFICATE.test(said)) return 'The certificate of Kafka is not trusted: name its authority with KAFKA_CA_FILE';
  if (CLIENT_CERTIFICATE.test(said))
    return 'Kafka wants a certificate from its clients: KAFKA_CERT_FILE and KAFKA_KEY_FILE';
  if (NO_TLS.test(said)) return 'A port of KAFKA_BROKERS speaks no TLS: unset KAFKA_SSL, or name the port that does';
  return null;
};

const TRIES = 3;
const BETWEEN_TRIES_MS = 500;

/** One connection and one question; null when it was answered, else what went wrong in words. */
const askBrokers = async (options: KafkaOptions): Promise<string | null> => {
  const causes: string[] = [];
  const debug = (fields: object, message: string): void => {
    if ('error' in fields) causes.push(String(fields.error));
    options.log.debug(fields, message);
  };
  const log = { ...options.log, debug };
  const settings = kafkaSettings({ ...options, log, callTimeoutMs: WITHIN_MS });
  const open = (sockets: Sockets) => kafkaClient(settings, retriesForAllBrokers(options), sockets).admin();
  try {
    await askOnce(open, WITHIN_MS, 'looking for Kafka', (admin) => admin.listTopics());
    return null;
  } catch (error) {
    return `${saidBy(toError(error))} ${causes.join(' ')}`;
  }
};

/** The broker may be stopping just now: it is asked again before this is believed. */
const mayPass = (said: string): boolean => faultIn(said) === null && HUNG_UP.test(said);

/**
 * Asks the brokers before anything waits for them. Left: why no waiting would help, for an operator to read. Brokers that
 * are away, or do not answer within 4 s, are no fault.
 */
export const findKafkaFault = async (options: KafkaOptions): Promise<E.Either<string, void>> => {
  let said = await askBrokers(options);
  for (let tries = 1; said !== null && mayPass(said) && tries < TRIES; tries += 1) {
    await sleep(BETWEEN_TRIES_MS);
    said = await askBrokers(options);
  }
  if (said === null) return E.right(undefined);
  const fault = mayPass(said) ? CLOSED : faultIn(said);
  return fault === null ? E.right(undefined) : E.left(`${fault}.`);
};
