import { type Alarm, type HealthOnBoard } from './board.js';

/** A delay longer than this is noticed by users. */
const LATE_MS = 10_000;

export interface Watched extends HealthOnBoard {
  /** Why nothing can be written; null while everything can. */
  readonly trouble: string | null;
  /** Parts of the board that could not be read: they are shown as they were. */
  readonly notRead: ReadonlyArray<string>;
}

const counted = (kind: Alarm['kind'], count: number): ReadonlyArray<Alarm> =>
  count > 0 ? [{ kind, severity: 'warning', count }] : [];

/** What an operator should look at now. */
export const alarmsOf = ({ engines, views, undecided, repair, trouble, notRead }: Watched): ReadonlyArray<Alarm> => {
  const found: Alarm[] = [];
  if (trouble !== null) found.push({ kind: 'DISK', severity: 'critical', subject: trouble });
  for (const [subject, state] of Object.entries(engines)) {
    if (state === 'down') found.push({ kind: 'ENGINE_DOWN', severity: 'critical', subject });
    if (state === 'degraded') found.push({ kind: 'ENGINE_DEGRADED', severity: 'warning', subject });
  }
  for (const [subject, { state, ageMs, events: count }] of Object.entries(views)) {
    if (state === 'STUCK') found.push({ kind: 'VIEW_STUCK', severity: 'critical', subject, count, ageMs });
    else if (state === 'NOT_BUILT' || ageMs > LATE_MS)
      found.push({ kind: 'VIEW_BEHIND', severity: 'warning', subject, count, ageMs });
  }
  for (const [subject, { messages: count, ageMs }] of Object.entries(undecided))
    if (ageMs > LATE_MS) found.push({ kind: 'REQUESTS_WAIT', severity: 'critical', subject, count, ageMs });
  return [
    ...found,
    ...counted('DEAD_LETTERS', repair.deadLetters),
    ...counted('PARKED_ORDERS', repair.parkedOrders),
    ...counted('PARKED_STREAMS', repair.parkedStreams),
    ...notRead.map((subject): Alarm => ({ kind: 'NOT_READ', severity: 'warning', subject })),
  ];
};
