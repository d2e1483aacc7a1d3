import { randomUUID } from 'node:crypto';
import { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { errorOf, idOf, type Proposal, requestOf } from './append-messages.js';

export type AppendCall = ReturnType<StreamsClient['batchAppend']>;

/** Where the last event stands; undefined where the server does not say. */
export type Commit = bigint | undefined;

/** The stream is over. What it had under way may have been written, whatever the error says: each append is told the same. */
class AppendsCutOff extends Error {
  readonly code: unknown;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  }
}

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
  private isSending = false;

  /** `over` is called when it takes no appends any more. */
  constructor(
    private readonly opening: Promise<AppendCall>,
    private readonly over: () => void,
  ) {
    opening.then((call) => this.listenTo(call), over);
  }

  /**
   * How many appends wait to be sent. They are counted here because the library calls back as soon as it has queued a message: it sends
   * one message of a stream in each turn of the event loop.
   */
  unsent(): number {
    return this.queued;
  }

  /** Rejects when the server refuses it, or when the stream is over; not by itself. Forgotten when `signal` is aborted. */
  async append(proposal: Proposal, signal: AbortSignal): Promise<Commit> {
    this.queued += 1;
    const call = await this.opening;
    if (!this.isSending) this.sendNext();
    return new Promise((resolve, reject) => {
      // Nobody waits any longer: it is not sent.
      if (signal.aborted) return;
      const id = randomUUID();
      this.waiting.set(id, { resolve, reject });
      signal.addEventListener('abort', () => this.waiting.delete(id));
      call.write(requestOf(id, proposal));
    });
  }

  private sendNext(): void {
    this.isSending = this.queued > 0;
    if (!this.isSending) return;
    setImmediate(() => {
      this.queued -= 1;
      this.sendNext();
    });
  }

  private listenTo(call: AppendCall): void {
    call.on('data', (answer: BatchAppendResp) => this.answer(answer));
    call.on('error', (error) => this.end(call, error));
    call.on('end', () => this.end(call, new Error('the server ended the stream of appends')));
  }

  private answer(answer: BatchAppendResp): void {
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
