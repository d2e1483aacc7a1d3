import { either as E } from 'fp-ts';
import { isUtf8 } from 'node:buffer';
import { type IncomingHttpHeaders } from 'node:http';
import { jsonOf } from '../../application/kernel/json-of.js';
import { type Exchange } from './exchange.js';
import { type Fault, fault } from './faults.js';
import { invalidRequest, type Refusal } from './problems.js';

/** Whether a JSON value has at most so many objects and lists in one another; never looks deeper than that. */
export const isNestedWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isNestedWithin(levels - 1, inner)));

/** The same value, with null in the place of what lies deeper. */
export const cutToNesting = (levels: number, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  const within = (inner: unknown): unknown => cutToNesting(levels - 1, inner);
  if (Array.isArray(value)) return value.map(within);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner)]));
};

const unsupported: Refusal = { code: 'UNSUPPORTED_MEDIA_TYPE' };

const isJson = (contentType: string | undefined): boolean => {
  if (contentType === 'application/json') return true;
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((p) => p.trim()).find((p) => p.startsWith('charset='));
  return (
    /^application\/([\w.-]+\+)?json$/.test(type.trim()) &&
    (charset === undefined || /^charset="?(utf-?8|us-ascii)"?$/.test(charset))
  );
};

/** A transfer coding before `chunked` compresses as well. */
const isCompressed = (headers: IncomingHttpHeaders): boolean =>
  (headers['content-encoding'] ?? 'identity') !== 'identity' || (headers['transfer-encoding'] ?? '').includes(',');

const DEEPEST = 16;

const malformed = (message: Fault): E.Either<Refusal, never> => E.left(invalidRequest({ path: '', message }));

/**
 * The body as JSON; no body counts as an empty object, so that each missing field is named. A POST must declare that it is
 * JSON even without a body: a form on another site can send a POST, but not with this content type.
 */
export const jsonBody = async (exchange: Exchange): Promise<E.Either<Refusal, unknown>> => {
  const { headers, method } = exchange.req;
  const isTaken = isJson(headers['content-type']) && !isCompressed(headers);
  const none = isTaken || method !== 'POST' ? E.right({}) : E.left(unsupported);
  if (!exchange.hasBody) return none;
  // What comes in chunks may turn out to be nothing.
  if (!isTaken && headers['transfer-encoding'] === undefined) return E.left(unsupported);
  const read = await exchange.body;
  if (E.isLeft(read)) return read;
  if (read.right.length === 0) return none;
  if (!isTaken) return E.left(unsupported);
  if (!isUtf8(read.right)) return malformed(fault('NOT_UTF8'));
  const body = jsonOf(read.right.toString());
  if (body === undefined) return malformed(fault('MALFORMED_JSON'));
  return isNestedWithin(DEEPEST, body) ? E.right(body) : malformed(fault('TOO_DEEP'));
};
