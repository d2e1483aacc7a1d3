import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Build } from '../../ports/read-models.js';
import { type Acted } from './put-off.js';

/** An event, and what a process has to do about it. */
export interface Item<Work> {
  readonly recorded: RecordedEvent;
  readonly work: Work;
}

interface Followed<Work> {
  /** Of its lease, of the streams it has parked, and in logs, metrics and alarms. */
  readonly name: string;
  readonly streamPrefixes: ReadonlyArray<string>;
  /**
   * What there is to do about an event, before anything is asked; null: nothing. Throws at an event it cannot read, whose
   * stream is then parked. `isReplay`: the stream was parked until now, and this event may be all there ever was.
   */
  readonly look: (recorded: RecordedEvent, isReplay: boolean) => Work | null;
  /**
   * Where its checkpoint is kept: one process of the whole system acts, the others stand by. Null for what every process
   * does for itself, from the moment it starts.
   */
  readonly checkpoint: Build | null;
  /** Where it begins when no checkpoint is kept. Rejects while nobody can tell. Default: the beginning. */
  readonly beginsAt?: () => Promise<Position>;
  /** Called whenever it begins: another process may have followed since it last did. */
  readonly onBegin?: () => void;
  /** At most this many events at once. */
  readonly batchSize?: number;
  /** How far its checkpoint may stay behind while there is nothing to act upon. Default 10,000. */
  readonly mostUnwritten?: number;
}

export interface InBatches<Work> extends Followed<Work> {
  /**
   * Acts on events in their order. `after`: everything up to there was acted upon before. Rejects when they have to come
   * again, after a back-off.
   */
  readonly act: (
    items: ReadonlyArray<Item<Work>>,
    { after, signal }: { readonly after: Position; readonly signal: AbortSignal },
  ) => Promise<void>;
}

export interface ByKey<Work> extends Followed<Work> {
  readonly keyOf: (work: Work) => string;
  /**
   * Acts on the newest thing to do for a key: one at a time for a key, many keys side by side. What has to wait is put off,
   * so that others have their turn. Must not reject: back-off, and giving up, are its own.
   */
  readonly drive: (item: Item<Work>, driving: Driving) => Promise<Acted>;
  /** Keys acted upon at once: at least two, or what is to be tried again may take every place. */
  readonly sideBySide: number;
  /** Keys waiting for their turn in memory before the feed has to wait. */
  readonly mostWaiting: number;
  /** Keys put off before the feed has to wait. Default 20,000. */
  readonly mostPutOff?: number;
}

export interface Driving {
  readonly signal: AbortSignal;
  /** Parks the stream of this event, which cannot be acted upon. Rejects while that cannot be recorded. */
  readonly park: (reason: string) => Promise<void>;
}

/** Something that follows events and acts, at least once, in order. */
export type Process<Work> = InBatches<Work> | ByKey<Work>;
