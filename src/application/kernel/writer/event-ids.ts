import { hash } from 'node:crypto';
import { parse } from 'uuid';

/** Of Doorbuster's derived ids; never to be changed, or repeating an old append would no longer be recognised. */
const NAMESPACE = '0f9c1a52-7a53-5d7e-8b4e-6f1d2c3b4a59';
const namespace = Buffer.from(parse(NAMESPACE)).toString('latin1');

/**
 * UUIDv5 (RFC 9562) of an ASCII name: the same name has the same id, in every process, for ever. Hashed in one go: a hash
 * object for each id costs more than the hash.
 */
export const derivedId = (name: string): string => {
  const digest = hash('sha1', Buffer.from(namespace + name, 'latin1'), 'hex');
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) & 3);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
};

/**
 * The id of the `index`th event a request leads to in a stream. Deciding it again, after a crash or a timeout, gives
 * the same id; the same request id in another stream, or by another requester, another.
 */
export const eventId = (streamId: string, requestKey: string, index: number): string =>
  derivedId(`${streamId}/${requestKey}/${index}`);
