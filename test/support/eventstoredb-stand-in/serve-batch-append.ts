import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import { either as E } from 'fp-ts';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { type EventStore, type EventToAppend, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { refusalOf } from './access.js';
import { append, type Expected, lastRevision } from './append.js';
import { type Served } from './serve-read.js';
import { type UnderWay } from './under-way.js';
import { streamOf, toEvent } from './wire.js';

const expectedOf = (options: streams.BatchAppendReq.Options): Expected => {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  return options.hasNoStream() ? NO_STREAM : 'any';
};

/** On the wire an error is an `Any` of event_store.client.…. */
const error = (message: string, details: Uint8Array, name: string): statusPb.Status => {
  const any = new anyPb.Any();
  any.pack(details, `event_store.client.${name}`);
  return new statusPb.Status().setMessage(message).setDetails(any);
};

const wrongVersion = async (store: EventStore, streamId: string, expected: Expected): Promise<statusPb.Status> => {
  const current = await lastRevision(store, streamId);
  const wrong = new shared.WrongExpectedVersion();
  if (current === NO_STREAM) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === NO_STREAM) wrong.setExpectedNoStream(new empty.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return error('WrongExpectedVersion', wrong.serializeBinary(), 'WrongExpectedVersion');
};

const timeout = (): statusPb.Status => error('Timeout', new shared.Timeout().serializeBinary(), 'Timeout');
const accessDenied = (): statusPb.Status =>
  error('Access Denied', new shared.AccessDenied().serializeBinary(), 'AccessDenied');

/** Servers answer with the bits of an id that was sent as text. */
const bitsOf = (id: string): shared.UUID => {
  const digits = id.replaceAll('-', '');
  const signed = (part: string): string => String(BigInt.asIntN(64, BigInt(`0x${part}`)));
  return new shared.UUID().setStructured(
    new shared.UUID.Structured()
      .setMostSignificantBits(signed(digits.slice(0, 16)))
      .setLeastSignificantBits(signed(digits.slice(16))),
  );
};

interface Pending {
  readonly options: streams.BatchAppendReq.Options;
  readonly events: EventToAppend[];
}

/** Streams/BatchAppend: many appends on one stream of messages, each answered by its correlation id. */
export const serveBatchAppend =
  (served: Served, underWay: UnderWay) =>
  (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void => {
    const { store } = served;
    const pending = new Map<string, Pending>();
    const write = async (id: string, { options, events }: Pending): Promise<void> => {
      const streamId = streamOf(options.getStreamIdentifier());
      const expected = expectedOf(options);
      const answer = new streams.BatchAppendResp()
        .setCorrelationId(bitsOf(id))
        .setStreamIdentifier(options.getStreamIdentifier());
      if ((await refusalOf(store, served, call, 'write')) !== null)
        return void call.write(answer.setError(accessDenied()));
      const done = underWay.begin(streamId, events, () => call.write(answer.setError(timeout())));
      if (done === null) return served.onDropped?.();
      await served.beforeAppend?.(streamId);
      const appended = await append(store, streamId, expected, events).finally(done);
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
      void write(id, append).catch((failure: unknown) => call.destroy(new Error(String(failure))));
    });
    served.onAppends?.(() => call.end());
    call.on('end', () => call.end());
  };
