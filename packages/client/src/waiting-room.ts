import { type Answer, answerOf, doneOf, type Problem, type Unanswered } from './answer.js';
import { type components } from './api.js';
import { type Api } from './call.js';
import { aLittleLater, backOff, pause, retryAfter } from './pause.js';
import { hasExpired, type Send } from './send.js';

type Place = components['schemas']['Place'];
type WaitingToken = components['schemas']['WaitingToken'];

/** Somebody who is let in: `pass` goes with whatever they ask for, until `expiresAt`. */
export interface Admitted {
  readonly tokenId: string;
  readonly pass: string;
  readonly expiresAt?: string | undefined;
}

/** The place was given to somebody else (EXPIRED), or its visit is over (COMPLETED): join again. */
export interface NotAdmitted {
  readonly code: 'EXPIRED' | 'COMPLETED';
  readonly detail: string;
}

export interface WaitForTurn {
  /** Told of the place after each time it was asked for. */
  readonly onPlace?: ((place: Place | WaitingToken) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whoever is in gives a sign of life at least so often, milliseconds; the server waits longer than that. */
const STAY_MS = 20_000;
/** Where the server does not say when to come back: its pass is not ready yet. */
const SOON_MS = 500;

/** A device whose clock is slow gives its old token for a while longer: so many refusals in a row take about two minutes. */
const MOST_EXPIRED = 20;

/** Nothing was said about the place: the server is away, or is asked too often. */
const saysNothing = ({ status }: Problem | Unanswered): boolean => status === 0 || status === 429 || status >= 500;

const over = (code: NotAdmitted['code']): NotAdmitted => ({
  code,
  detail: code === 'EXPIRED' ? 'The place was given to the next in line.' : 'The visit is over.',
});

export const waitingRoomCalls = (api: Api, { repeatable, isRenewing }: Pick<Send, 'repeatable' | 'isRenewing'>) => {
  const at = (tokenId: string) => ({ params: { path: { tokenId } } });
  /** Asks until something is said about the place, however long the server is away. Throws only when `signal` aborts. */
  const ask = async (tokenId: string, signal?: AbortSignal) => {
    for (let failures = 0; ; failures += 1) {
      const call = api.GET('/api/v1/waiting-token/{tokenId}', { ...at(tokenId), ...(signal && { signal }) });
      const answer = await answerOf(call, signal);
      const response = await call.then(
        (told) => told.response,
        () => null,
      );
      const askedMs = response && retryAfter(response);
      const mayBeRenewed = isRenewing && failures < MOST_EXPIRED && response !== null && hasExpired(response);
      if (answer.ok || !(mayBeRenewed || saysNothing(answer.problem))) return { answer, askedMs };
      await pause(Math.max(aLittleLater(askedMs ?? 0), backOff(failures)), signal);
    }
  };

  /**
   * Waits for the turn, and asks no more often than the server says; while it is away, ever more rarely. Throws only when
   * `signal` aborts.
   */
  const admitted = async (
    { tokenId }: Pick<Place, 'tokenId'>,
    { onPlace, signal }: WaitForTurn = {},
  ): Promise<Answer<Admitted, Problem | NotAdmitted>> => {
    for (;;) {
      const { answer, askedMs } = await ask(tokenId, signal);
      if (!answer.ok) return answer;
      const { status, pass, expiresAt } = answer.value;
      onPlace?.(answer.value);
      if (status === 'EXPIRED' || status === 'COMPLETED') return { ok: false, problem: over(status) };
      if (pass !== undefined) return { ...answer, value: { tokenId, pass, expiresAt } };
      await pause(aLittleLater(askedMs ?? SOON_MS), signal);
    }
  };

  return {
    schedule: (scheduleId: string) =>
      answerOf(api.GET('/api/v1/schedules/{scheduleId}', { params: { path: { scheduleId } } })),
    admitted,
    /** Takes a place in line; the same user has one. `value.admitted()` waits for the turn. */
    join: async (who: { readonly scheduleId: string; readonly userId?: string }, { signal }: WaitForTurn = {}) => {
      const joining = api.POST('/api/v1/waiting-token', { body: who, fetch: repeatable, ...(signal && { signal }) });
      const joined = await answerOf(joining, signal);
      if (!joined.ok) return joined;
      const place = joined.value;
      const turn = async (wait: WaitForTurn = {}): Promise<Answer<Admitted, Problem | NotAdmitted>> => {
        if (place.pass !== undefined) return { ...joined, value: { tokenId: place.tokenId, pass: place.pass } };
        wait.onPlace?.(place);
        const { response } = await joining;
        await pause(aLittleLater(retryAfter(response) ?? 0), wait.signal);
        return admitted(place, wait);
      };
      return { ...joined, value: { ...place, admitted: turn } };
    },
    /** Keeps the place of somebody who is in and does not buy yet, until the visit is over; answers how it ended. */
    stay: async ({ tokenId }: Pick<Place, 'tokenId'>, { signal }: WaitForTurn = {}) => {
      for (;;) {
        await pause(aLittleLater(STAY_MS), signal);
        const { answer } = await ask(tokenId, signal);
        if (!answer.ok || answer.value.status === 'EXPIRED' || answer.value.status === 'COMPLETED') return answer;
      }
    },
    /** Gives the place to the next in line. */
    leave: (tokenId: string) => doneOf(api.DELETE('/api/v1/waiting-token/{tokenId}', at(tokenId))),
  };
};
