import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import { either as E } from 'fp-ts';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { type EventStore, type EventToAppend, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { append, type Expected, lastRevision } from './append.js';
import { streamOf, toEvent } from './wire.js';

const expectedOf = (options: streams.BatchAppendReq.Options): Expected => {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  return options.hasNoStream() ? NO_STREAM : 'any';
};

/** On the wire the error is an `Any` of event_store.client.WrongExpectedVersion. */
const wrongVersion = async (store: EventStore, streamId: string, expected: Expected): Promise<statusPb.Status> => {
  const current = await lastRevision(store, streamId);
  const wrong = new shared.WrongExpectedVersion();
  if (current === NO_STREAM) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === NO_STREAM) wrong.setExpectedNoStream(new empty.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  const details = new anyPb.Any();
  details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  return new statusPb.Status().setMessage('WrongExpectedVersion').setDetails(details);
};

interface Pending {
  readonly options: streams.BatchAppendReq.Options;
  readonly events: EventToAppend[];
}

/** Streams/BatchAppend: many appends on one stream of messages, each answered by its correlation id. */
export const serveBatchAppend =
  (store: EventStore) =>
  (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void => {
    const pending = new Map<string, Pending>();
    const write = async (correlationId: shared.UUID | undefined, { options, events }: Pending): Promise<void> => {
      const streamId = streamOf(options.getStreamIdentifier());
      const expected = expectedOf(options);
      const appended = await append(store, streamId, expected, events);
      const answer = new streams.BatchAppendResp()
        .setCorrelationId(correlationId)
        .setStreamIdentifier(options.getStreamIdentifier());
      if (E.isRight(appended)) {
        const position = String(appended.right.position);
        answer.setSuccess(
          new streams.BatchAppendResp.Success()
            .setCurrentRevision(String(appended.right.revision))
            .setPosition(new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position)),
        );
      } else if (appended.left === 'RevisionConflict') answer.setError(await wrongVersion(store, streamId, expected));
      else return void call.destroy(Object.assign(new Error(appended.left), { code: status.UNAVAILABLE }));
      call.write(answer);
    };
    call.on('data', (request: streams.BatchAppendReq) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      const append: Pending = pending.get(id) ?? {
        options: request.getOptions() ?? new streams.BatchAppendReq.Options(),
        events: [],
      };
      append.events.push(...request.getProposedMessagesList().map(toEvent));
      pending.set(id, append);
      if (!request.getIsFinal()) return;
      pending.delete(id);
      void write(request.getCorrelationId(), append);
    });
    call.on('end', () => call.end());
  };
