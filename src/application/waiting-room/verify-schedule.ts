import { either as E, type taskEither as TE } from 'fp-ts';
import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { type Check } from '../kernel/audit/check.js';
import { isRequestRejected, rejectionsStream } from '../kernel/writer/rejected-requests.js';
import { TOKEN_ACTIVATE_GROUP, WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { type Clock } from '../ports/clock.js';
import { type EventStore, type RecordedEvent } from '../ports/event-store.js';
import { type MessageLog } from '../ports/message-log.js';
import { auditRequests, type Completion } from './verifying/audit-requests.js';
import { auditRoom } from './verifying/audit-room.js';
import { isWaitingRoomEvent } from './waiting-room-aggregate.js';
import { waitingRoomStream } from './waiting-streams.js';

export interface ScheduleVerified {
  readonly verdict: 'PASS' | 'FAIL';
  readonly scheduleId: string;
  readonly joined: number;
  readonly activated: number;
  readonly waiting: number;
  readonly active: number;
  readonly checks: ReadonlyArray<Check>;
}

export type VerifyScheduleError = { readonly code: 'SCHEDULE_NOT_FOUND' | 'UNAVAILABLE' };

/** `onProgress`: events and messages read so far. */
export type VerifySchedule = (
  scheduleId: string,
  onProgress?: (done: number) => void,
) => TE.TaskEither<VerifyScheduleError, ScheduleVerified>;

export interface VerifySchedulePorts {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly messageLog: Pick<MessageLog, 'read' | 'lag'>;
  readonly clock: Clock;
}

const PAGE = 1_000;

/** Hands every event of a stream to `see`, a page in memory at a time; how many, or null when the store is away. */
const readAll = async (
  { eventStore }: VerifySchedulePorts,
  stream: string,
  see: (recorded: RecordedEvent) => void,
  onProgress: (done: number) => void,
): Promise<number | null> => {
  for (let [from, done] = [0, 0]; ;) {
    const page = await eventStore.readStream(stream, from, PAGE)();
    if (E.isLeft(page)) return null;
    page.right.forEach(see);
    onProgress((done += page.right.length));
    const last = page.right.at(-1);
    if (last === undefined || page.right.length < PAGE) return done;
    from = last.revision + 1;
  }
};

const isOfRoom = (recorded: RecordedEvent): recorded is RecordedEvent<WaitingRoomEvent> =>
  isWaitingRoomEvent(recorded.event);

/**
 * Replays what was recorded of a waiting room and says whether it was fair: the limit kept at every moment, people let in
 * in the order in which they came, nobody forgotten. May be asked in the middle of a sale.
 */
export const verifySchedule =
  (ports: VerifySchedulePorts): VerifySchedule =>
  (scheduleId, onProgress = () => undefined) =>
  async () => {
    // What is committed now is decided by now: so it is asked for before the events are read.
    const committed = await ports.messageLog.lag(WAITING_TOKEN, TOKEN_ACTIVATE_GROUP)();
    if (E.isLeft(committed)) return E.left({ code: 'UNAVAILABLE' });

    const audit = auditRoom();
    const completions: Completion[] = [];
    const seeEvent = (recorded: RecordedEvent): void => {
      if (!isOfRoom(recorded)) return;
      audit.see(recorded);
      const { event, metadata } = recorded;
      if (event.type === 'TokenCompleted' && metadata.source !== undefined)
        completions.push({ tokenId: event.tokenId, userId: event.userId, source: metadata.source });
    };
    const events = await readAll(ports, waitingRoomStream(scheduleId), seeEvent, onProgress);
    const rejected = new Set<string>();
    const seeRejection = ({ event }: RecordedEvent): void => {
      if (isRequestRejected(event)) rejected.add(event.requestId);
    };
    const rejections = await readAll(ports, rejectionsStream('waiting', scheduleId), seeRejection, onProgress);
    if (events === null || rejections === null) return E.left({ code: 'UNAVAILABLE' });
    if (events === 0) return E.left({ code: 'SCHEDULE_NOT_FOUND' });

    const isAnswered = (userId: string, requestId: string): boolean =>
      audit.hasJoined(userId) || rejected.has(requestId);
    const requests = await auditRequests(
      ports.messageLog,
      scheduleId,
      committed.right,
      isAnswered,
      completions,
      onProgress,
    );
    if (requests === null) return E.left({ code: 'UNAVAILABLE' });
    const checks = [...audit.checks(ports.clock.now()), ...requests];
    const verdict = checks.every(({ ok }) => ok) ? 'PASS' : 'FAIL';
    return E.right({ verdict, scheduleId, ...audit.counts(), checks });
  };
