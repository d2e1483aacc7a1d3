import { type EventToAppend, type RecordedEvent } from '../../../src/application/ports/event-store.js';
import { type Chance } from './chance.js';
import { type Member } from './member.js';

/** What cannot be read for a while: an event that is damaged, and what a newer version of the program has written. */
export interface Legibility {
  /** An event that a process writes, as the server keeps it. */
  readonly written: (member: Pick<Member, 'isNew'>, event: EventToAppend) => EventToAppend;
  /** An event that the server keeps, as a process reads it. */
  readonly read: (member: Pick<Member, 'isNew'>, recorded: RecordedEvent) => RecordedEvent;
  /** From now on nobody can read this event, until it is mended. */
  readonly damage: (recorded: Pick<RecordedEvent, 'id'>) => void;
  readonly mend: (recorded: Pick<RecordedEvent, 'id'>) => void;
}

type Damage = (recorded: RecordedEvent) => RecordedEvent;

const damages: ReadonlyArray<Damage> = [
  (recorded) => ({ ...recorded, event: { type: recorded.event.type } }),
  (recorded) => ({ ...recorded, event: { ...recorded.event, type: 'NeverHeardOf' } }),
  (recorded) => newer(recorded),
];

/** Added to the version of an event. */
const NEWER = 1_000;

const newer = <Event extends EventToAppend>(event: Event): Event => ({
  ...event,
  metadata: { ...event.metadata, version: NEWER + (event.metadata.version ?? 1) },
});

const upToDate = (recorded: RecordedEvent): RecordedEvent => {
  const { version = 1, ...metadata } = recorded.metadata;
  if (version <= NEWER) return recorded;
  return { ...recorded, metadata: version === NEWER + 1 ? metadata : { ...metadata, version: version - NEWER } };
};

/** Of all types of events, the new version writes so many in another way. */
const CHANGED = 0.4;

export const legibility = (chance: Chance): Legibility => {
  const damaged = new Map<string, Damage>();
  const changed = new Map<string, boolean>();
  let isUpgraded = false;

  const isChanged = (type: string): boolean => {
    const known = changed.get(type) ?? chance.happens(CHANGED);
    changed.set(type, known);
    return known;
  };
  return {
    written: ({ isNew }, event) => {
      if (!isNew || !isChanged(event.event.type)) return event;
      isUpgraded = true;
      return newer(event);
    },
    read: ({ isNew }, recorded) => {
      const whole = isUpgraded && isNew ? upToDate(recorded) : recorded;
      return damaged.size === 0 ? whole : (damaged.get(recorded.id)?.(whole) ?? whole);
    },
    damage: ({ id }) => void damaged.set(id, damages[chance.below(damages.length)] ?? newer),
    mend: ({ id }) => void damaged.delete(id),
  };
};
