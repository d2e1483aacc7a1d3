import { type AllStreamRecordedEvent, type RecordedEvent as StoredEvent } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  type EventMetadata,
  type EventToAppend,
  type Position,
  type RecordedEvent,
} from '../../application/ports/event-store.js';

const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value));

/**
 * The event's type is its EventStoreDB type, everything else its JSON data. The server pushes event by event and does not
 * say what was appended together: so each but the last one says in its metadata how many of its append follow it.
 */
export const toProposed = (
  { id, event, metadata }: EventToAppend,
  index: number,
  all: ReadonlyArray<EventToAppend>,
): streams.BatchAppendReq.ProposedMessage => {
  const { type, ...data } = event;
  const following = all.length - 1 - index;
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(id))
    .setData(bytesOf(data))
    .setCustomMetadata(bytesOf({ ...metadata, ...(following > 0 && { following }) }));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Events are written by this adapter alone; what another hand wrote without a correlation id is given its own id as one. */
const isMetadata = (value: unknown): value is EventMetadata =>
  isObject(value) && typeof value.correlationId === 'string';

/** How many events of the same append come after this one. */
export const followingOf = ({ metadata }: StoredEvent | AllStreamRecordedEvent): number =>
  isObject(metadata) && typeof metadata.following === 'number' ? metadata.following : 0;

const withoutFollowing = (metadata: EventMetadata & { readonly following?: unknown }): EventMetadata => {
  if (!('following' in metadata)) return metadata;
  const { following: _, ...ours } = metadata;
  return ours;
};

/** A position that no event can have. */
export class UnsafePosition extends Error {
  constructor(commit: bigint) {
    super(`no event stands at ${commit}`);
  }
}

/** The commit position is a byte offset of the server's log: a safe integer up to nine petabytes. Throws UnsafePosition. */
export const positionOf = ({ commit }: { readonly commit: bigint }): Position => {
  if (commit < 0n || commit > BigInt(Number.MAX_SAFE_INTEGER)) throw new UnsafePosition(commit);
  return Number(commit);
};

export const toRecorded = (stored: StoredEvent | AllStreamRecordedEvent, position: Position): RecordedEvent => ({
  id: stored.id,
  streamId: stored.streamId,
  revision: Number(stored.revision),
  position,
  recordedAt: stored.created.getTime(),
  event: { ...(isObject(stored.data) ? stored.data : {}), type: stored.type },
  metadata: isMetadata(stored.metadata) ? withoutFollowing(stored.metadata) : { correlationId: stored.id },
});

/** Streams of keys that can be destroyed: they are not part of the history. */
export const KEY_STREAMS = 'personalKey-';

/** Which shops there are: no shop's own. */
export const NAMESPACES_STREAM = 'doorbuster-namespaces';

const KEY_STREAM = new RegExp(`^(?:[\\w-]+\\.)?${KEY_STREAMS}`);

/** System streams ($stats, $$metadata) are the server's own affair. */
export const isOurs = ({ streamId }: { readonly streamId: string }): boolean =>
  !streamId.startsWith('$') && streamId !== NAMESPACES_STREAM && !KEY_STREAM.test(streamId);
