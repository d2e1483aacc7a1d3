import { ErrorType } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { NO_STREAM, type Revision } from '../../application/ports/event-store.js';
import { DEADLINE_EXCEEDED } from './failures.js';

/** One append, whose events the server takes all together or not at all. */
export interface Proposal {
  readonly streamId: string;
  readonly expected: Revision;
  readonly messages: ReadonlyArray<streams.BatchAppendReq.ProposedMessage>;
}

/** The server refused an append, or gave up on it: `type` and `code` say which. */
class AppendRefused extends Error {
  constructor(
    message: string,
    readonly type: ErrorType,
    readonly code?: number,
  ) {
    super(message);
  }
}

const PACKAGE = 'event_store.client.';
const refusals: Readonly<Record<string, ErrorType>> = {
  WrongExpectedVersion: ErrorType.WRONG_EXPECTED_VERSION,
  AccessDenied: ErrorType.ACCESS_DENIED,
  StreamDeleted: ErrorType.STREAM_DELETED,
  MaximumAppendSizeExceeded: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  BadRequest: ErrorType.INVALID_ARGUMENT,
};

/** What an answer that is no success says. */
export const errorOf = (answer: streams.BatchAppendResp): AppendRefused => {
  const error = answer.getError();
  const name = error?.getDetails()?.getTypeName().replace(PACKAGE, '') ?? '';
  const message = error?.getMessage() || name;
  if (name === 'Timeout') return new AppendRefused(message, ErrorType.DEADLINE_EXCEEDED, DEADLINE_EXCEEDED);
  return new AppendRefused(message, refusals[name] ?? ErrorType.UNKNOWN);
};

const hex = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');

/** Ids are sent as text; servers send them back as text or as numbers. */
export const idOf = (uuid: shared.UUID | undefined): string => {
  const bits = uuid?.getStructured();
  if (bits === undefined) return uuid?.getString() ?? '';
  const digits = hex(bits.getMostSignificantBits()) + hex(bits.getLeastSignificantBits());
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Without a deadline: the server would compare it with its own clock. */
export const requestOf = (id: string, { streamId, expected, messages }: Proposal): streams.BatchAppendReq => {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from(streamId).toString('base64'));
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(name);
  if (expected === NO_STREAM) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expected));
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(id))
    .setOptions(options)
    .setProposedMessagesList([...messages])
    .setIsFinal(true);
};
