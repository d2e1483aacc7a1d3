import { either as E, type taskEither as TE } from 'fp-ts';
import { type Audit, auditing, type AuditPorts, type Verdict } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { replayStream, replayTopic } from '../../kernel/audit/replay.js';
import { TOKEN_ACTIVATE_GROUP, WAITING_TOKEN } from '../../kernel/messaging/topics.js';
import { isRejectionEvent, rejectionsStream } from '../../kernel/writer/rejected-requests.js';
import { isWaitingRoomEvent, waitingRoomStream } from '../waiting-room-aggregate.js';
import { emptyRoom, evolveRoom, messageIn, type RoomFact, type RoomHistory } from './room-history.js';
import { roomRules } from './room-rules.js';

export interface ScheduleVerified extends Verdict {
  readonly scheduleId: string;
  readonly joined: number;
  readonly activated: number;
  readonly waiting: number;
  readonly active: number;
}

export type VerifyScheduleError = { readonly code: 'SCHEDULE_NOT_FOUND' | 'UNAVAILABLE' };

/** `onProgress`: events and messages read so far. */
export type VerifySchedule = (
  scheduleId: string,
  onProgress?: (done: number) => void,
) => TE.TaskEither<VerifyScheduleError, ScheduleVerified>;

/** Everything that is known of a waiting room held against its rules; null when there is none. For `unlessAway`. */
export const auditRoom =
  ({ eventStore, messageLog, clock }: AuditPorts) =>
  async (scheduleId: string, onProgress?: (done: number) => void): Promise<Audit<RoomHistory, RoomFact> | null> => {
    const committed = await orAway(messageLog.lag(WAITING_TOKEN, TOKEN_ACTIVATE_GROUP));
    const audit = auditing(roomRules, emptyRoom(clock.now()), evolveRoom);
    const replay = replayStream(eventStore, onProgress);
    const events = await replay(waitingRoomStream(scheduleId), isWaitingRoomEvent, (recorded) =>
      audit.see({ of: 'events', recorded }),
    );
    await replay(rejectionsStream('waiting', scheduleId), isRejectionEvent, ({ event: rejected }) => {
      if (rejected.type === 'RequestRejected') audit.see({ of: 'rejections', rejected });
    });
    if (events === 0) return null;
    await replayTopic(messageLog, onProgress)(WAITING_TOKEN, committed, (logged) => {
      const message = logged.key === scheduleId ? messageIn(logged) : null;
      if (message !== null) audit.see({ of: 'log', message, where: `${logged.partition}@${logged.offset}` });
    });
    return audit;
  };

/**
 * Replays what was recorded of a waiting room and says whether it was fair: the limit kept at every moment, people let in
 * in the order in which they came, nobody forgotten. May be asked in the middle of a sale.
 */
export const verifySchedule =
  (ports: AuditPorts): VerifySchedule =>
  (scheduleId, onProgress) =>
    unlessAway(async () => {
      const audit = await auditRoom(ports)(scheduleId, onProgress);
      if (audit === null) return E.left({ code: 'SCHEDULE_NOT_FOUND' });
      const { joined, activated, active, waiting } = audit.known();
      return E.right({ ...audit.verdict(), scheduleId, joined, activated, active, waiting: waiting.size });
    });
