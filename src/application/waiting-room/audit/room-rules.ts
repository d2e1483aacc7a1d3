import { type WaitingRoomEvent } from '../../../domain/waiting-room/events.js';
import { type Rule } from '../../kernel/audit/audit.js';
import { completionBy, decisionOf, headBefore, paceWith, type RoomFact, type RoomHistory } from './room-history.js';

type RoomRule = Rule<RoomHistory, RoomFact>;

/** A rule about events of one type. */
const when =
  <Type extends WaitingRoomEvent['type']>(
    type: Type,
    broken: (event: Extract<WaitingRoomEvent, { type: Type }>, known: RoomHistory) => string | null,
  ): RoomRule['broken'] =>
  (fact, known) => {
    if (fact.of !== 'events') return null;
    const { event } = fact.recorded;
    const isOfType = (each: WaitingRoomEvent): each is Extract<WaitingRoomEvent, { type: Type }> => each.type === type;
    return isOfType(event) ? broken(event, known) : null;
  };

const configuredFirst: RoomRule = {
  name: 'the schedule was configured before anything else happened in it',
  kind: 'SEQUENCE_GAP',
  broken: (fact, { terms }) =>
    fact.of === 'events' && terms === null && fact.recorded.event.type !== 'ScheduleConfigured'
      ? `${fact.recorded.event.type} came first`
      : null,
  looked: () => 'configured',
};

const withinLimit: RoomRule = {
  name: 'nobody was let in above the limit of the moment',
  kind: 'STOCK_MISMATCH',
  broken: when('TokenActivated', ({ userId }, { active, terms }) => {
    const limit = terms?.activeLimit ?? 0;
    return active + 1 > limit ? `${userId} made it ${active + 1} of ${limit}` : null;
  }),
  looked: ({ active, terms }) => `${active} in now, the limit is ${terms?.activeLimit}`,
};

const paced: RoomRule = {
  name: 'no second let in more than its share',
  kind: 'STOCK_MISMATCH',
  broken: when('TokenActivated', (event, known) => {
    const share = known.terms?.admitPerSecond ?? Infinity;
    const { second, admitted } = paceWith(known, event);
    return admitted > share ? `${admitted} of ${share} in second ${second}` : null;
  }),
  looked: ({ terms }) => (terms?.admitPerSecond == null ? 'no share is set' : `${terms.admitPerSecond} a second`),
};

const gaplessPlaces: RoomRule = {
  name: 'places are 1, 2, 3 … without gaps',
  kind: 'SEQUENCE_GAP',
  broken: when('TokenJoined', ({ userId, place }, { joined }) =>
    place === joined + 1 ? null : `${userId} got place ${place} as number ${joined + 1}`,
  ),
  looked: ({ joined }) => (joined === 0 ? 'nobody came' : `1 to ${joined}`),
};

const inOrder: RoomRule = {
  name: 'people were let in strictly in the order in which they came',
  kind: 'BROKEN_PROMISE',
  broken: when('TokenActivated', ({ place }, known) => {
    const head = headBefore(known, place);
    return place === head && known.waiting.has(place) ? null : `place ${place} before place ${head}`;
  }),
  looked: ({ activated }) => `${activated} let in`,
};

const onePlace: RoomRule = {
  name: 'one place a user at a time',
  kind: 'STOCK_MISMATCH',
  broken: when('TokenJoined', ({ userId, place }, { liveUsers }) =>
    liveUsers.has(userId) ? `${userId} got place ${place} beside another` : null,
  ),
  looked: ({ everybody }) => `${everybody.size} users`,
};

const endsOnce: RoomRule = {
  name: 'every place ends once',
  kind: 'SEQUENCE_GAP',
  broken: (fact, { live }) => {
    if (fact.of !== 'events') return null;
    const { event } = fact.recorded;
    if (event.type !== 'TokenExpired' && event.type !== 'TokenLeft' && event.type !== 'TokenCompleted') return null;
    return live.has(event.tokenId) ? null : `place ${event.place} of ${event.userId} ended twice, or never began`;
  },
  looked: ({ joined, live }) => `${joined - live.size} ended, ${live.size} go on`,
};

const keptAsTold: RoomRule = {
  name: 'users who were let in kept their place as long as they were told',
  kind: 'BROKEN_PROMISE',
  broken: when('TokenExpired', ({ tokenId, userId, place, at }, { promised }) => {
    const until = promised.get(tokenId);
    return until !== undefined && at < Math.min(until.idleAt, until.expiresAt)
      ? `${userId} lost place ${place} before its time`
      : null;
  }),
  looked: ({ active }) => `${active} in now`,
};

/** How long after its announced moment a place counts as forgotten. */
const LATE_MS = 60_000;

/** Whether people wait though there is room for them and nothing was said of when they may come in. */
const isIdle = ({ terms, waiting, active, resumeAt }: RoomHistory): boolean =>
  terms !== null && waiting.size > 0 && active < terms.activeLimit && resumeAt === null;

const idle = ({ waiting, active, terms, decision }: RoomHistory): string =>
  `${waiting.size} waited though ${active} of ${terms?.activeLimit} were in (${decision})`;

const nobodyForgotten: RoomRule = {
  name: 'nobody who could be let in was left waiting, at any moment',
  kind: 'BROKEN_PROMISE',
  // Within a decision the room may be half full: it is judged when the next one begins.
  broken: (fact, known) => {
    if (fact.of !== 'events' || known.decision === null || decisionOf(fact.recorded) === known.decision) return null;
    return isIdle(known) ? idle(known) : null;
  },
  offences: function* (known) {
    if (isIdle(known)) yield { detail: idle(known) };
    const { waiting, resumeAt, now, active, terms } = known;
    if (waiting.size > 0 && resumeAt !== null && resumeAt < now - LATE_MS && active < (terms?.activeLimit ?? 0))
      yield { detail: `${waiting.size} wait since ${new Date(resumeAt).toISOString()}` };
  },
  looked: ({ waiting }) => `${waiting.size} wait`,
};

const everybodyAnswered: RoomRule = {
  name: 'everybody who asked to join got a place',
  kind: 'BROKEN_PROMISE',
  broken: (fact, { everybody, rejected }) => {
    if (fact.of !== 'log' || fact.message.eventType !== 'CREATE_TOKEN') return null;
    const { userId, requestId } = fact.message;
    return everybody.has(userId) || rejected.has(requestId) ? null : `${userId}, at ${fact.where}`;
  },
  looked: ({ asked }) => `${asked} asked`,
};

const namedVisitEnded: RoomRule = {
  name: 'every visit completed is the one that was named',
  kind: 'BROKEN_PROMISE',
  broken: (fact, known) => {
    const completion = completionBy(known, fact);
    if (completion === null || completion.ended === completion.named || fact.of !== 'log') return null;
    return `${completion.ended} of ${completion.userId} ended for ${completion.named}, at ${fact.where}`;
  },
  looked: ({ completions }) => `${completions.size} completed`,
};

export const roomRules: ReadonlyArray<RoomRule> = [
  configuredFirst,
  withinLimit,
  paced,
  gaplessPlaces,
  inOrder,
  onePlace,
  endsOnce,
  keptAsTold,
  nobodyForgotten,
  everybodyAnswered,
  namedVisitEnded,
];
