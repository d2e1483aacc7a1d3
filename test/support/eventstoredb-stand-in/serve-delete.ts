import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type sendUnaryData, type ServerUnaryCall, status } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { either as E } from 'fp-ts';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { refusalOf } from './access.js';
import { append, lastRevision } from './append.js';
import { type Behaviour } from './behaviour.js';
import { streamOf } from './wire.js';

const metadataOf = (streamId: string): string => `$$${streamId}`;

/** Events of the stream before this revision are not shown. */
export const truncatedBefore = async (store: EventStore, streamId: string): Promise<number> => {
  if (streamId.startsWith('$$')) return 0;
  const last = await lastRevision(store, metadataOf(streamId));
  const read = last < 0 ? null : await store.readStream(metadataOf(streamId), last, 1)();
  const before: unknown = read !== null && E.isRight(read) && read.right[0] && Reflect.get(read.right[0].event, '$tb');
  return typeof before === 'number' ? before : 0;
};

/** Streams/Delete: the stream can be written to again, and goes on where it ended. */
export const serveDelete =
  (served: Behaviour & { readonly store: EventStore }) =>
  (call: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>, answer: sendUnaryData<streams.DeleteResp>): void => {
    const remove = async (): Promise<void> => {
      const { store } = served;
      const refusal = await refusalOf(store, served, call, 'write');
      if (refusal !== null) return answer(refusal);
      const streamId = streamOf(call.request.getOptions()?.getStreamIdentifier());
      const id = randomUUID();
      const event = { type: '$metadata', $tb: (await lastRevision(store, streamId)) + 1 };
      await append(store, metadataOf(streamId), 'any', [{ id, event, metadata: { correlationId: id } }]);
      answer(null, new streams.DeleteResp());
    };
    void remove().catch((error: unknown) => answer({ code: status.UNKNOWN, details: String(error) }));
  };
