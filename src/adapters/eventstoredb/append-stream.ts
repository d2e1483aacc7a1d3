import { randomUUID } from 'node:crypto';
import { ErrorType } from '@eventstore/db-client';
import { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { NO_STREAM, type Revision } from '../../application/ports/event-store.js';
import { DEADLINE_EXCEEDED } from './failures.js';

export type AppendCall = ReturnType<StreamsClient['batchAppend']>;

/** One append, whose events the server takes all together or not at all. */
export interface Proposal {
  readonly streamId: string;
  readonly expected: Revision;
  readonly messages: ReadonlyArray<streams.BatchAppendReq.ProposedMessage>;
}

/** Where the last event stands; undefined where the server does not say. */
export type Commit = bigint | undefined;

/** The server's answer to one append: it wrote nothing, or does not know. */
class AppendRefused extends Error {
  constructor(
    message: string,
    readonly type: ErrorType,
    readonly code?: number,
  ) {
    super(message);
  }
}

/** The stream is over. What it had under way may have been written, whatever the error says: each append is told the same. */
class AppendsCutOff extends Error {
  readonly code: unknown;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
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

const errorOf = (answer: streams.BatchAppendResp): AppendRefused => {
  const error = answer.getError();
  const name = error?.getDetails()?.getTypeName().replace(PACKAGE, '') ?? '';
  const message = error?.getMessage() || name;
  if (name === 'Timeout') return new AppendRefused(message, ErrorType.DEADLINE_EXCEEDED, DEADLINE_EXCEEDED);
  return new AppendRefused(message, refusals[name] ?? ErrorType.UNKNOWN);
};

const hex = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');

/** Ids go out as text; servers send them back as text or as numbers. */
const idOf = (uuid: shared.UUID | undefined): string => {
  const bits = uuid?.getStructured();
  if (bits === undefined) return uuid?.getString() ?? '';
  const digits = hex(bits.getMostSignificantBits()) + hex(bits.getLeastSignificantBits());
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Without a deadline: the server would measure it by its own clock. */
const requestOf = (id: string, { streamId, expected, messages }: Proposal): streams.BatchAppendReq => {
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

interface Waiting {
  readonly resolve: (commit: Commit) => void;
  readonly reject: (error: Error) => void;
}

/**
 * `Streams/BatchAppend`: appends on one stream of messages, each answered by its id. The client's own use of it keeps the
 * appends of all clients in one table, where one stream's error fails them all, and the answer that comes after that ends
 * the process.
 */
export class AppendStream {
  private readonly waiting = new Map<string, Waiting>();
  private queued = 0;

  /** `over` is called when it takes no appends any more. */
  constructor(
    private readonly opening: Promise<AppendCall>,
    private readonly over: () => void,
  ) {
    opening.then((call) => this.listenTo(call), over);
  }

  /** How many appends wait to be sent: one goes out in each turn of the event loop. */
  unsent(): number {
    return this.queued;
  }

  /** Rejects when the server refuses it, or when the stream is over; not by itself. Forgotten when `signal` is aborted. */
  async append(proposal: Proposal, signal: AbortSignal): Promise<Commit> {
    this.queued += 1;
    const call = await this.opening;
    const sent = (): void => void (this.queued -= 1);
    return new Promise((resolve, reject) => {
      // Nobody waits any longer: it is not sent.
      if (signal.aborted) return sent();
      const id = randomUUID();
      this.waiting.set(id, { resolve, reject });
      signal.addEventListener('abort', () => this.waiting.delete(id));
      call.write(requestOf(id, proposal), sent);
    });
  }

  private listenTo(call: AppendCall): void {
    call.on('data', (answer: streams.BatchAppendResp) => this.answer(answer));
    call.on('error', (error) => this.end(call, error));
    call.on('end', () => this.end(call, new Error('the server ended the stream of appends')));
  }

  private answer(answer: streams.BatchAppendResp): void {
    const id = idOf(answer.getCorrelationId());
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (answer.hasError()) return waiting?.reject(errorOf(answer));
    const commit = answer.getSuccess()?.getPosition()?.getCommitPosition();
    waiting?.resolve(commit === undefined ? commit : BigInt(commit));
  }

  private end(call: AppendCall, error: Error): void {
    this.over();
    // Also our half: the server may have ended only its own.
    call.end();
    for (const { reject } of this.waiting.values()) reject(new AppendsCutOff(error));
    this.waiting.clear();
  }
}
