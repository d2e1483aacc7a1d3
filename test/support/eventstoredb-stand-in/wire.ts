import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  type EventMetadata,
  type EventToAppend,
  type RecordedEvent,
} from '../../../src/application/ports/event-store.js';

const TICKS_PER_MILLISECOND = 10_000n;

/** Messages of both append calls look like this. */
interface Proposed {
  readonly getId: () => shared.UUID | undefined;
  readonly getMetadataMap: () => { readonly get: (key: string) => string | undefined };
  readonly getData_asU8: () => Uint8Array;
  readonly getCustomMetadata_asU8: () => Uint8Array;
}

const jsonOf = (bytes: Uint8Array): object => {
  const value: unknown = bytes.length === 0 ? {} : JSON.parse(Buffer.from(bytes).toString('utf8'));
  return typeof value === 'object' && value !== null ? value : {};
};

const hasCorrelation = (metadata: object): metadata is EventMetadata => 'correlationId' in metadata;

export const toEvent = (proposed: Proposed): EventToAppend => {
  const id = proposed.getId()?.getString() ?? '';
  const metadata = jsonOf(proposed.getCustomMetadata_asU8());
  return {
    id,
    event: { ...jsonOf(proposed.getData_asU8()), type: proposed.getMetadataMap().get('type') ?? '' },
    metadata: hasCorrelation(metadata) ? metadata : { correlationId: id },
  };
};

const identifierOf = (streamId: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(streamId, 'utf8').toString('base64'));

export const streamOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const streamNotFound = (streamId: string): streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(streamId)),
  );

export const toReadResponse = (recorded: RecordedEvent): streams.ReadResp => {
  const { type, ...data } = recorded.event;
  const position = String(recorded.position);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(recorded.id))
    .setStreamIdentifier(identifierOf(recorded.streamId))
    .setStreamRevision(String(recorded.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(Buffer.from(JSON.stringify(data)))
    .setCustomMetadata(Buffer.from(JSON.stringify(recorded.metadata)));
  event
    .getMetadataMap()
    .set('type', type)
    .set('content-type', 'application/json')
    .set('created', String(BigInt(recorded.recordedAt) * TICKS_PER_MILLISECOND));
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(position));
};
