import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type sendUnaryData, type ServerReadableStream, status } from '@grpc/grpc-js';
import { either as E } from 'fp-ts';
import { type EventStore, type EventToAppend, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { refusalOf } from './access.js';
import { append, type Expected, lastRevision } from './append.js';
import { type Served } from './serve-read.js';
import { type UnderWay } from './under-way.js';
import { streamOf, toEvent } from './wire.js';

const expectedOf = (options: streams.AppendReq.Options): Expected => {
  if (options.hasRevision()) return Number(options.getRevision());
  return options.hasNoStream() ? NO_STREAM : 'any';
};

const wrongVersion = async (store: EventStore, streamId: string, expected: Expected): Promise<streams.AppendResp> => {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  const current = await lastRevision(store, streamId);
  if (current === NO_STREAM) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === NO_STREAM) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
};

const TIMEOUT = 'Operation timed out: Commit phase timeout.';

/** Streams/Append: options first, then the events, then one answer. */
export const serveAppend =
  (served: Served, underWay: UnderWay) =>
  (
    call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    answer: sendUnaryData<streams.AppendResp>,
  ): void => {
    const { store } = served;
    const events: EventToAppend[] = [];
    let options = new streams.AppendReq.Options();
    call.on('data', (request: streams.AppendReq) => {
      const message = request.getProposedMessage();
      if (message !== undefined) events.push(toEvent(message));
      options = request.getOptions() ?? options;
    });
    const write = async (): Promise<void> => {
      const streamId = streamOf(options.getStreamIdentifier());
      const expected = expectedOf(options);
      const refusal = await refusalOf(store, served, call, 'write');
      if (refusal !== null) return answer(refusal);
      const done = underWay.begin(streamId, events, () => answer({ code: status.DEADLINE_EXCEEDED, details: TIMEOUT }));
      if (done === null) return served.onDropped?.();
      await served.beforeAppend?.(streamId);
      const appended = await append(store, streamId, expected, events).finally(done);
      if (E.isRight(appended)) {
        const position = String(appended.right.position);
        const success = new streams.AppendResp.Success()
          .setCurrentRevision(String(appended.right.revision))
          .setPosition(new streams.AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
        answer(null, new streams.AppendResp().setSuccess(success));
      } else if (appended.left === 'RevisionConflict') answer(null, await wrongVersion(store, streamId, expected));
      else answer({ code: status.UNAVAILABLE, details: appended.left });
    };
    call.on(
      'end',
      () => void write().catch((error: unknown) => answer({ code: status.UNKNOWN, details: String(error) })),
    );
  };
