import { type Database, type RootDatabase } from 'lmdb';

/** A shop that is being moved to other engines. Keeps the old shop from selling when the new one does. */
export type Departure =
  /** Takes no request until `until`, epoch milliseconds: a move that is interrupted does not close the shop for long. */
  | { readonly phase: 'CLOSED'; readonly until: number }
  /** Nothing is written here any more. */
  | { readonly phase: 'MOVED'; readonly to: string; readonly at: string };

const KEY = 'departure';

/** One database of the environment, with at most one departure in it. */
export const openDepartures = (root: RootDatabase<unknown>): Database<Departure, string> =>
  root.openDB<Departure, string>('departure', { encoding: 'json' });

export type Departures = ReturnType<typeof openDepartures>;

export const departureOf = (departures: Departures): Departure | null => departures.get(KEY) ?? null;

/** Within a transaction. */
export const writeDeparture = (departures: Departures, departure: Departure | null): void => {
  if (departure === null) departures.removeSync(KEY);
  else departures.putSync(KEY, departure);
};

/** Whether requests are refused. Within a transaction: another process may have closed the shop since. */
export const isClosed = (departure: Departure | null, now: number): boolean =>
  departure !== null && (departure.phase === 'MOVED' || now < departure.until);
