import { ErrorType } from '@eventstore/db-client';
import { type AppendError } from '../../application/ports/event-store.js';

const field = (error: unknown, name: 'type' | 'code' | 'message'): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;

/** gRPC: nobody there, or the connection broke. */
const UNAVAILABLE = 14;
export const DEADLINE_EXCEEDED = 4;

export const isUnreachable = (error: unknown): boolean => field(error, 'code') === UNAVAILABLE;

/**
 * The server gave up on the call: it drops an append without a word while the same one is under way, and answers it once
 * that is done.
 */
export const isGivenUp = (error: unknown): boolean => field(error, 'code') === DEADLINE_EXCEEDED;

const ABORTED = 10;
const UNAUTHENTICATED = 16;

/** Up to 23.10 a server throws a live subscriber out when 32 events wait for it. */
export const isTooSlow = (error: unknown): boolean =>
  field(error, 'code') === ABORTED && /too slow/i.test(String(field(error, 'message')));

export const isAccessDenied = (error: unknown): boolean => field(error, 'type') === ErrorType.ACCESS_DENIED;

export const isUnauthenticated = (error: unknown): boolean => field(error, 'code') === UNAUTHENTICATED;

/** Errors that say the server refused before it wrote, or that no connection came about at all. */
const notWritten = new Set<unknown>([
  ErrorType.NOT_LEADER,
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.STREAM_DELETED,
]);
/** Of connecting only: an established connection can end with `read EHOSTUNREACH`, and then what was sent may be written. */
const neverConnected = /connect E[A-Z]+|getaddrinfo|No connection established|name resolution/i;

export const isStreamNotFound = (error: unknown): boolean => field(error, 'type') === ErrorType.STREAM_NOT_FOUND;

/** It says how a stream stands; any other error is a refusal that operators should know of. */
export const isAnswer = (error: unknown): boolean =>
  isStreamNotFound(error) || field(error, 'type') === ErrorType.WRONG_EXPECTED_VERSION;

/**
 * What an error says of an append. Only what is known not to have been written is called so: UNAVAILABLE (code 14) in
 * the middle of a call, a timeout, a cancellation all leave the outcome open.
 */
export const appendErrorOf = (error: unknown): AppendError => {
  const type = field(error, 'type');
  if (type === ErrorType.WRONG_EXPECTED_VERSION) return 'RevisionConflict';
  if (notWritten.has(type) || neverConnected.test(String(field(error, 'message')))) return 'EventStoreUnavailable';
  return 'AppendOutcomeUnknown';
};
