import { parse } from 'uuid';
import { sha1 } from './sha-1.js';

/** Of Doorbuster's derived ids; never to be changed, or repeating an old append would no longer be recognised. */
const NAMESPACE = '0f9c1a52-7a53-5d7e-8b4e-6f1d2c3b4a59';
const namespace = parse(NAMESPACE);

const hex = Array.from({ length: 65_536 }, (_, n) => n.toString(16).padStart(4, '0'));
const high = (word: number): string => hex[word >>> 16] ?? '';
const low = (word: number): string => hex[word & 0xffff] ?? '';

/** UUIDv5 (RFC 9562) of an ASCII name: the same name has the same id, in every process, for ever. */
export const derivedId = (name: string): string => {
  const [a, b, c, d] = sha1(namespace, name);
  const version = (b & 0xffff0fff) | 0x5000;
  const variant = (c & 0x3fffffff) | 0x80000000;
  return `${high(a)}${low(a)}-${high(version)}-${low(version)}-${high(variant)}-${low(variant)}${high(d)}${low(d)}`;
};

/**
 * The id of the `index`th event a request leads to in a stream. Deciding it again, after a crash or a timeout, gives
 * the same id; the same request id in another stream, or by another requester, another.
 */
export const eventId = (streamId: string, requestKey: string, index: number): string =>
  derivedId(`${streamId}/${requestKey}/${index}`);
