import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answerOf, type Client } from '../../packages/client/src/index.js';
import { type Callers } from './client/callers.js';
import { epochMs } from './clock.js';

/** What someone does with a place: waits for the turn, gives it up while waiting, or closes the laptop and never comes back. */
export type Patience = 'stays' | 'leaves' | 'vanishes';

export interface Visitor {
  readonly userId: string;
  readonly patience: Patience;
}

export interface Crowd {
  readonly joined: number;
  /** Who got in, in the order in which they learned of it. */
  readonly visited: ReadonlyArray<string>;
  readonly left: number;
  readonly vanished: number;
  /** Came back at the tail after their place had expired. */
  readonly rejoined: number;
  /** Positions that got worse for somebody: there must be none. */
  readonly worse: ReadonlyArray<string>;
  /** Calls that had to be made again. */
  readonly retried: number;
  /** With what, other than that the server is away or asks for patience: the call, the status of HTTP and the code. */
  readonly refused: ReadonlySet<string>;
}

export interface GatherCrowd {
  /** The client of the moment: it may change when the server moves. */
  readonly client: () => Client;
  /** Says why somebody may not be in line at all. */
  readonly describeRefusal: Callers['describeRefusal'];
  readonly scheduleId: string;
  readonly visitors: ReadonlyArray<Visitor>;
  /** Calls on their way at once. */
  readonly inFlight: number;
  /** Aborted when the whole is given up: then it rejects. */
  readonly signal?: AbortSignal;
  /** What someone does who is in; then the place is given up. */
  readonly visit: (userId: string, pass: string) => Promise<void>;
  readonly onProgress?: (joined: number, visited: number) => void;
}

const RETRY_MS = 100;

/** No answer of the server, or one that says to come again. */
const AWAY: ReadonlySet<number> = new Set([0, 408, 429, 502, 503, 504]);

/** Who stands at position 100 asks every 200 ms, at 200 every 400 ms. */
const PAUSE_MS_OF_A_PLACE = 2;
/** The further back someone stands the more rarely they ask, but at least this often. */
const LONGEST_PAUSE_MS = 5_000;
const SLOT_MS = 50;

interface Place {
  readonly visitor: Visitor;
  readonly tokenId: string;
  readonly position: number;
}

/**
 * People who come to a waiting room and see it through, over its public interface: each joins, asks again and again, gets in,
 * does what they came for, and leaves. Calls that fail are made again, as a browser would. Rejects where they may not queue.
 */
export const gatherCrowd = async (plan: GatherCrowd): Promise<Crowd> => {
  const { client, scheduleId, visit, onProgress = () => undefined, describeRefusal } = plan;
  const arriving = [...plan.visitors];
  const visited: string[] = [];
  const worse: string[] = [];
  const refused = new Set<string>();
  const ended = new AbortController();
  const signal = plan.signal === undefined ? ended.signal : AbortSignal.any([plan.signal, ended.signal]);
  let [joined, left, vanished, rejoined, retried, open] = [0, 0, 0, 0, 0, plan.visitors.length];

  /** Who asks when, in slots of time. */
  const slots = new Map<number, Place[]>();
  const slotOf = (at: number): number => Math.floor(at / SLOT_MS);
  let slot = slotOf(epochMs());
  const askLater = (place: Place): void => {
    const pause = Math.min(place.position * PAUSE_MS_OF_A_PLACE, LONGEST_PAUSE_MS);
    const at = Math.max(slotOf(epochMs() + pause), slot);
    const others = slots.get(at);
    if (others === undefined) slots.set(at, [place]);
    else others.push(place);
  };
  const nextToAsk = (): Place | undefined => {
    for (const now = slotOf(epochMs()); slot <= now; slot += 1) {
      const place = slots.get(slot)?.pop();
      if (place !== undefined) return place;
      slots.delete(slot);
      if (slot === now) return undefined;
    }
    return undefined;
  };
  const untilAnswered = async <A>(what: string, call: () => Promise<Answer<A>>): Promise<A> => {
    for (;;) {
      const answer = await call();
      if (answer.ok) return answer.value;
      signal.throwIfAborted();
      const { status, code } = answer.problem;
      if (status === 401 || status === 403)
        throw new Error(`The waiting room: the server answered ${describeRefusal(answer.problem)}`);
      if (!AWAY.has(status)) refused.add(`${what} ${status} ${code}`);
      retried += 1;
      await sleep(RETRY_MS);
    }
  };
  const leave = (tokenId: string) => untilAnswered('leave', () => client().waitingRoom.leave(tokenId));
  const join = async (visitor: Visitor): Promise<void> => {
    const { tokenId, position = 0 } = await untilAnswered('join', () =>
      client().waitingRoom.join({ scheduleId, userId: visitor.userId }),
    );
    joined += 1;
    askLater({ visitor, tokenId, position });
  };
  const enter = async ({ visitor, tokenId }: Place, pass: string): Promise<void> => {
    visited.push(visitor.userId);
    await visit(visitor.userId, pass);
    await leave(tokenId);
    open -= 1;
  };
  const look = async (place: Place): Promise<void> => {
    const { visitor, tokenId } = place;
    if (visitor.patience === 'vanishes') {
      vanished += 1;
      open -= 1;
      return;
    }
    if (visitor.patience === 'leaves') {
      await leave(tokenId);
      left += 1;
      open -= 1;
      return;
    }
    const at = { params: { path: { tokenId } } };
    const seen = await untilAnswered('place', () => answerOf(client().api.GET('/api/v1/waiting-token/{tokenId}', at)));
    if (seen.status === 'ACTIVE' && seen.pass !== undefined) return enter(place, seen.pass);
    if (seen.status === 'EXPIRED') {
      rejoined += 1;
      return join(visitor);
    }
    if (seen.status === 'COMPLETED') {
      open -= 1;
      return;
    }
    const position = seen.position ?? 0;
    if (position > place.position && place.position > 0)
      worse.push(`${visitor.userId}: ${place.position} → ${position}`);
    askLater({ ...place, position });
  };

  let arrived = 0;
  const socket = async (): Promise<void> => {
    while (open > 0) {
      signal.throwIfAborted();
      const visitor = arriving[arrived];
      if (visitor !== undefined) {
        arrived += 1;
        await join(visitor);
      } else {
        const place = nextToAsk();
        if (place === undefined) await sleep(SLOT_MS);
        else await look(place);
      }
      onProgress(joined, visited.length);
    }
  };
  // Where one cannot go on, nobody does.
  await Promise.all(Array.from({ length: plan.inFlight }, socket)).finally(() => ended.abort());
  return { joined, visited, left, vanished, rejoined, worse, retried, refused };
};
