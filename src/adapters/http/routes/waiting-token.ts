import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type ChallengeOfSchedule } from '../../../application/waiting-room/challenge-of-schedule.js';
import { type JoinQueue } from '../../../application/waiting-room/join-queue.js';
import { type LeaveQueue } from '../../../application/waiting-room/leave-queue.js';
import { type TokenById } from '../../../application/waiting-room/token-by-id.js';
import { type TokenSeen } from '../../../application/waiting-room/token-seen.js';
import { json, moving, problem } from '../answer.js';
import { refused } from '../problems.js';
import { concerns } from '../identity/access.js';
import { type DemandChallenge, listensToChallenge } from '../limits/demand-challenge.js';
import { route, type Route } from '../route.js';
import { id, iso } from '../schemas/fields.js';
import { joining, place, token } from '../schemas/waiting.js';
import { type LongPoll } from '../long-poll.js';

const tokenUrl = (tokenId: string): string => `/api/v1/waiting-token/${tokenId}`;

const placeOf = (seen: TokenSeen): object => {
  const { tokenId, status } = seen;
  const { position, etaSeconds } = seen.status === 'PENDING' ? seen : { position: 0, etaSeconds: 0 };
  return { tokenId, status, position, etaSeconds, ...('pass' in seen && { pass: seen.pass }) };
};

const shown = (seen: TokenSeen): object =>
  seen.status === 'ACTIVE' ? { ...seen, expiresAt: iso(seen.expiresAt) } : seen;

/** Whoever waits long need not ask often: a tenth of the estimate, at least 1 s and at most `withinMs`. */
const askAgain = (seen: TokenSeen, withinMs: number): Readonly<Record<string, string>> => {
  if (seen.status !== 'PENDING') return {};
  const seconds = seen.etaSeconds === null ? 2 : Math.ceil(seen.etaSeconds / 10);
  return { 'Retry-After': String(Math.max(1, Math.min(seconds, Math.floor(withinMs / 1_000)))) };
};

const shared = { tag: 'Waiting room' } as const;

/** A place in line: taken, asked for, given up. */
export const waitingTokenRoutes = (
  useCases: {
    readonly challengeOfSchedule: ChallengeOfSchedule;
    readonly joinQueue: JoinQueue;
    readonly tokenById: TokenById;
    readonly leaveQueue: LeaveQueue;
  },
  longPoll: LongPoll,
  demand: DemandChallenge,
  askAgainWithinMs: number,
): ReadonlyArray<Route> => [
  route({
    ...shared,
    method: 'post',
    path: '/api/v1/waiting-token',
    access: concerns('body'),
    isSaleFlow: true,
    summary: 'Join the waiting room of a schedule; the same user has one place',
    listensTo: listensToChallenge,
    body: joining,
    answers: { 201: { description: 'The place', schema: place, headers: ['Location'], sometimes: ['Retry-After'] } },
    problems: ['SCHEDULE_NOT_FOUND', 'CHALLENGE_REQUIRED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, exchange) => {
      const { requestId: correlationId, language } = exchange;
      const challenged = await useCases.challengeOfSchedule(body.scheduleId);
      const demanded = challenged === null ? null : await demand(exchange, challenged);
      if (demanded !== null) return problem(demanded, language);
      const joined = await useCases.joinQueue({ ...body, correlationId })();
      if (E.isLeft(joined)) return problem(refused(joined.left.code), language);
      const headers = { Location: tokenUrl(joined.right.tokenId), ...askAgain(joined.right, askAgainWithinMs) };
      return moving(json(201, placeOf(joined.right), headers));
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/api/v1/waiting-token/:tokenId',
    access: concerns('token'),
    summary: 'The state of a place; the call keeps the place, and claims it when its turn has come',
    listensTo: { Prefer: 'wait=N: hold the answer until the turn has come or N seconds (at most 30) are over' },
    params: z.object({ tokenId: id }),
    answers: { 200: { description: 'Its state', schema: token, sometimes: ['Retry-After'] } },
    problems: ['TOKEN_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params: { tokenId } }, exchange) =>
      longPoll(exchange, async (until) => {
        const seen = await useCases.tokenById(tokenId, { waitMs: 0, ...until, correlationId: exchange.requestId })();
        return E.isLeft(seen)
          ? problem(refused(seen.left.code), exchange.language)
          : json(200, shown(seen.right), askAgain(seen.right, askAgainWithinMs));
      }),
  }),
  route({
    ...shared,
    method: 'delete',
    path: '/api/v1/waiting-token/:tokenId',
    access: concerns('token'),
    isSaleFlow: true,
    summary: 'Give a place up; it goes to the next in line',
    params: z.object({ tokenId: id }),
    answers: { 204: { description: 'Given up' } },
    problems: ['TOKEN_NOT_FOUND', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ params: { tokenId } }, { requestId: correlationId, language }) => {
      const left = await useCases.leaveQueue(tokenId, { correlationId })();
      return E.isLeft(left) ? problem(refused(left.left.code), language) : { status: 204, headers: {}, body: '' };
    },
  }),
];
