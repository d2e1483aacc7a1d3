import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { type AnsweringStreams, deciderOutcomeRule } from '../kernel/outcome/decider-outcomes.js';
import { eventsOf } from '../kernel/events/event-schemas.js';
import { waitingRoomStream } from './waiting-room-aggregate.js';

export const waitingAnswers: AnsweringStreams = { context: 'waiting', streamOf: waitingRoomStream };

type Answer = Extract<
  WaitingRoomEvent,
  { readonly type: 'ScheduleConfigured' | 'TokenJoined' | 'TokenClaimed' | 'TokenLeft' }
>;

/** What a request that somebody waits for begins with; whoever is let in or expires by it is told by other ways. */
const isAnswer = eventsOf<Answer>({
  ScheduleConfigured: true,
  TokenJoined: true,
  TokenClaimed: true,
  TokenLeft: true,
});

/** What became of configuring, joining, claiming and leaving. */
export const waitingOutcomeRule = deciderOutcomeRule(waitingAnswers, isAnswer);
