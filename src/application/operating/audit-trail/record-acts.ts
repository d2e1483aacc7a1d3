import { either as E, type taskEither as TE } from 'fp-ts';
import { appendSurely } from '../../kernel/writer/append-surely.js';
import { eventId } from '../../kernel/writer/event-ids.js';
import { type EventToAppend, NO_STREAM } from '../../ports/event-store.js';
import { type Ports } from '../../ports/ports.js';
import { type Clock } from '../../ports/clock.js';
import { type Log } from '../../ports/log.js';
import { type ActBegun, type ActEnded, type ActEvent, actStream } from './acts.js';

export type ActToRecord = Omit<ActBegun, 'type' | 'actId' | 'at'>;
export interface EndToRecord extends Omit<ActEnded, 'type' | 'at'> {
  readonly requestId: string;
}

/**
 * Records who of the shop changes what. Nothing is done before `begin` is durable, so an act without its record cannot be; a
 * record without an end says that what became of the act is not known.
 */
export interface RecordActs {
  /** 'UNAVAILABLE': it cannot be recorded, so it must not be done. */
  readonly begin: (act: ActToRecord) => TE.TaskEither<'UNAVAILABLE', string>;
  /** Not waited for: that it was begun is what counts. */
  readonly end: (end: EndToRecord) => void;
}

export interface RecordActsPorts extends Pick<Ports, 'eventStore' | 'ids'> {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn'>;
}

interface Waiting {
  readonly event: EventToAppend<ActEvent>;
  readonly written: (isWritten: boolean) => void;
}

/** Of one append. */
const MOST_AT_ONCE = 200;

export const recordActs = ({ eventStore, clock, ids, log }: RecordActsPorts): RecordActs => {
  const append = appendSurely(eventStore);
  let writer = ids.next();
  let stream = '';
  let revision = NO_STREAM;
  let waiting: Waiting[] = [];
  let isWriting = false;

  /** A day, and an append whose outcome is not known, end a stream: the next one is begun, and nothing has to be looked up. */
  const beginStream = (at: number): void => {
    const next = actStream(at, writer);
    if (next === stream) return;
    stream = next;
    revision = NO_STREAM;
  };
  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      beginStream(clock.now());
      const appended = await append(
        stream,
        revision,
        batch.map(({ event }) => event),
      )().catch(() => E.left('AppendOutcomeUnknown' as const));
      if (E.isRight(appended)) revision = appended.right.revision;
      else writer = ids.next();
      for (const { written } of batch) written(E.isRight(appended));
    }
    isWriting = false;
  };
  const write = (event: ActEvent, requestId: string): Promise<boolean> =>
    new Promise((resolve) => {
      const id = eventId(event.type, event.actId, 0);
      waiting.push({ event: { id, event, metadata: { correlationId: requestId } }, written: resolve });
      if (!isWriting) void writeAll();
    });

  return {
    begin: (act) => async () => {
      const actId = ids.next();
      const isWritten = await write({ type: 'ActBegun', actId, ...act, at: clock.now() }, act.requestId);
      return isWritten ? E.right(actId) : E.left('UNAVAILABLE');
    },
    end: ({ requestId, ...end }) => {
      void write({ type: 'ActEnded', ...end, at: clock.now() }, requestId).then((isWritten) => {
        if (!isWritten)
          log.warn(
            { actId: end.actId, requestId },
            'The result of a recorded call could not be written to the audit trail',
          );
      });
    },
  };
};
