import { auditing } from '../../../src/application/kernel/audit/audit.js';
import { auditRoom } from '../../../src/application/waiting-room/audit/verify-schedule.js';
import { waitingRoomStream } from '../../../src/application/waiting-room/waiting-room-aggregate.js';
import { emptyRoom, evolveRoom } from '../../../src/application/waiting-room/audit/room-history.js';
import { roomRules } from '../../../src/application/waiting-room/audit/room-rules.js';
import { UnreadableStream } from '../../../src/application/kernel/writer/load-aggregate.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';

const [scheduleId, tokenId, userId, at] = ['sale', 't1', 'ana', 1_000];
const token = { scheduleId, tokenId, userId };
const terms = {
  activeLimit: 1,
  activeTtl: 9_000,
  admitPerSecond: null,
  waitingIdle: 1_000,
  claimWithin: 1_000,
  activeIdle: 500,
};
const letIn: ReadonlyArray<WaitingRoomEvent> = [
  { type: 'ScheduleConfigured', scheduleId, terms, at },
  { type: 'TokenJoined', ...token, place: 1, idleAt: at + 1_000, at },
  { type: 'TokenActivated', ...token, place: 1, claimBy: at + 1_000, expiresAt: at + 9_000, at },
];
const claimed: WaitingRoomEvent = { type: 'TokenClaimed', ...token, idleAt: at + 600, at: at + 100 };
const ended = (after: number): WaitingRoomEvent => ({
  type: 'TokenExpired',
  ...token,
  place: 1,
  reason: 'IDLE',
  at: at + after,
});

const isKept = (...events: ReadonlyArray<WaitingRoomEvent>): boolean | undefined => {
  const audit = auditing(roomRules, emptyRoom(at), evolveRoom);
  events.forEach((event, revision) =>
    audit.see({
      of: 'events',
      recorded: {
        id: `e${revision}`,
        streamId: 's',
        revision,
        position: revision,
        recordedAt: at,
        event,
        metadata: { correlationId: `c${revision}` },
      },
    }),
  );
  return audit.verdict().checks.find(({ name }) => name.startsWith('users who were let in kept'))?.ok;
};

test.each([
  ['ended before it had to be claimed', false, [...letIn, ended(999)]],
  ['ended because it was not claimed', true, [...letIn, ended(1_000)]],
  ['ended before its holder was silent for long', false, [...letIn, claimed, ended(599)]],
  ['ended because its holder was silent', true, [...letIn, claimed, ended(600)]],
])('a place that %s: kept is %s', (_, kept, events) => expect(isKept(...events)).toBe(kept));

test('a room to which a newer version has written what cannot be read here is not judged', async () => {
  const [eventStore, messageLog] = [new InMemoryEventStore(), new InMemoryMessageLog()];
  const events = [
    ...letIn.map((event, n) => ({ id: `e${n}`, event, metadata: { correlationId: 'c' } })),
    {
      id: 'newer',
      event: { type: 'ScheduleConfigured', scheduleId, at },
      metadata: { correlationId: 'c', version: 1001 },
    },
  ];
  await eventStore.append(waitingRoomStream(scheduleId), -1, events)();
  const audit = auditRoom({ eventStore, messageLog, clock: { now: () => at } })(scheduleId);
  await expect(audit).rejects.toBeInstanceOf(UnreadableStream);
});
