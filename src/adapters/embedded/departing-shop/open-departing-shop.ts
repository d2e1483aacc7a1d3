import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type EventFeed } from '../../../application/ports/event-feed.js';
import { type MessageLog } from '../../../application/ports/message-log.js';
import { type Build } from '../../../application/ports/read-models.js';
import {
  closeWritten,
  commitDurably,
  type Departure,
  departureOf,
  isClosed,
  openBeside,
  openDepartures,
  writeDeparture,
} from '../environment/index.js';
import { openStoredFeed } from '../event-store/open-stored-events.js';
import { lagOf } from '../message-log/lag.js';
import { type PartitionLog } from '../message-log/partition-log.js';
import { openTables } from '../message-log/tables.js';
import { Topics } from '../message-log/topics.js';
import { storedCheckpoint } from '../read-models/tables.js';

/** The log of an environment that another process writes, as it stands at each call. */
const storedLog = (root: RootDatabase<unknown>): Pick<MessageLog, 'read' | 'lag'> => {
  const tables = openTables(root);
  const partitionsOf = (topic: string): ReadonlyArray<PartitionLog> =>
    new Topics(root, tables, 0).find(topic)?.partitions ?? [];
  const reading = <A>(read: () => A): TE.TaskEither<'LogUnavailable', A> =>
    TE.fromIOEither(() => E.tryCatch(read, () => 'LogUnavailable' as const));
  return {
    read: ({ topic, partition, offset }, limit) =>
      reading(() => partitionsOf(topic)[partition]?.read(offset, limit) ?? []),
    lag: (topic, group) => reading(() => partitionsOf(topic).map((log) => lagOf(tables, group, log))),
  };
};

/** The shop in a data directory as a move sees it, beside the process that runs it. */
export interface DepartingShop {
  readonly feed: Pick<EventFeed, 'read' | 'head'>;
  readonly log: Pick<MessageLog, 'read' | 'lag'>;
  /** How far a process has come that keeps its place beside the views. */
  readonly checkpoint: (build: Build) => number;
  /** Where an earlier move has gone, whether or not it finished; null while none has left. Nothing is written here any more. */
  readonly departedTo: () => string | null;
  /** Until then requests are answered 503; what was accepted is still decided. */
  readonly close: (until: number) => Promise<void>;
  /** From now on nothing is written here, for good. False if it was no longer closed: requests may have come in. */
  readonly depart: (to: string, at: Date) => Promise<boolean>;
  /** Takes requests again, unless it has departed. */
  readonly reopen: () => Promise<void>;
  /** Takes requests again, even if it has departed. */
  readonly comeBack: () => Promise<void>;
  readonly release: () => Promise<void>;
}

/** Opens the environment beside the process that has the directory. Every change is one transaction of LMDB, which that process meets before its next. */
export const openDepartingShop = (directory: string): DepartingShop => {
  const root = openBeside(directory);
  const departures = openDepartures(root);
  const departedTo = (): string | null => {
    const departure = departureOf(departures);
    return departure?.phase === 'MOVED' ? departure.to : null;
  };
  const changeUnlessDeparted = (departure: Departure | null): Promise<void> =>
    commitDurably(root, () => {
      if (departedTo() === null) writeDeparture(departures, departure);
    }).flushed;
  return {
    feed: openStoredFeed(root),
    log: storedLog(root),
    checkpoint: (build) => storedCheckpoint(root, build) ?? BEGINNING,
    departedTo,
    close: (until) => changeUnlessDeparted({ phase: 'CLOSED', until }),
    depart: (to, at) =>
      commitDurably(root, () => {
        if (!isClosed(departureOf(departures), at.getTime())) return false;
        const departed: Departure = { phase: 'MOVED', to, at: at.toISOString() };
        // Also one from before: it may stand without being on disk, and LMDB flushes nothing if nothing is written.
        writeDeparture(departures, departedTo() === null ? departed : departureOf(departures));
        return true;
      }).flushed,
    reopen: () => changeUnlessDeparted(null),
    comeBack: () => commitDurably(root, () => writeDeparture(departures, null)).flushed,
    release: () => closeWritten(root),
  };
};
