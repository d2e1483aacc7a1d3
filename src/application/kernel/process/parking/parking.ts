import { type FaultOf, UPGRADE_FIRST } from '../../events/event-schemas.js';
import { type RecordedEvent } from '../../../ports/event-store.js';

/** An event as it stands in its stream. */
export type Placed = Pick<RecordedEvent, 'streamId' | 'revision' | 'event'>;

export interface Unreadable {
  readonly streamId: string;
  readonly revision: number;
  readonly eventType: string;
  readonly reason: string;
}

/** The streams that one consumer skips, each from the event on that it could not read. */
export interface Parking {
  /** Whether its stream is parked, from this event on or from one before. */
  readonly passesOver: (event: Placed) => boolean;
  /** False for what is to be passed over; an event nobody knows parks its stream. */
  readonly admits: (event: RecordedEvent) => boolean;
  /** From this event on. Throws when too many are parked: then it is the consumer that is at fault, and not the streams. */
  readonly park: (event: Placed, reason: string) => void;
  readonly forget: (streamId: string) => void;
  readonly all: () => ReadonlyArray<Unreadable>;
  /** Makes known what was parked since; may be called while another call is under way. Rejects while that cannot be recorded. */
  readonly settle: () => Promise<void>;
}

/** Beyond, the fault is ours: parking one stream after the other would hide it. */
const MOST = 100;
/** What a newer version writes while it takes over is no fault of ours; all of it is held in memory, and read at each start. */
const MOST_NEWER = 2_000;

const isNewer = (reason: string): boolean => reason.includes(UPGRADE_FIRST);

export interface ParkingOptions {
  readonly parked?: ReadonlyArray<Unreadable>;
  readonly record?: (unreadable: ReadonlyArray<Unreadable>) => Promise<void>;
}

export const parkingOf = (faultOf: FaultOf, { parked = [], record }: ParkingOptions = {}): Parking => {
  const all = new Map(parked.map((each) => [each.streamId, each] as const));
  let unrecorded: Unreadable[] = [];
  const mustBeFew = (reason: string): void => {
    const most = isNewer(reason) ? MOST_NEWER : MOST;
    if (all.size < most) return;
    const alike = [...all.values()].filter((each) => isNewer(each.reason) === isNewer(reason));
    if (alike.length >= most) throw new Error(`More than ${most} streams cannot be read: ${reason}`);
  };
  const park: Parking['park'] = ({ streamId, revision, event }, reason) => {
    const known = all.get(streamId);
    if (known !== undefined && known.revision <= revision) return;
    if (known === undefined) mustBeFew(reason);
    const unreadable = { streamId, revision, eventType: event.type, reason };
    all.set(streamId, unreadable);
    unrecorded.push(unreadable);
  };
  const passesOver: Parking['passesOver'] = ({ streamId, revision }) => {
    const known = all.size === 0 ? undefined : all.get(streamId);
    return known !== undefined && known.revision <= revision;
  };
  return {
    park,
    passesOver,
    admits: (event) => {
      if (passesOver(event)) return false;
      const fault = faultOf(event);
      if (fault === null) return true;
      park(event, fault);
      return false;
    },
    forget: (streamId) => void all.delete(streamId),
    all: () => [...all.values()],
    settle: async () => {
      while (unrecorded.length > 0) {
        const next = unrecorded;
        await record?.(next);
        unrecorded = unrecorded.filter((each) => !next.includes(each));
      }
    },
  };
};
