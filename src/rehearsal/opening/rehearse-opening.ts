import { type Histogram } from 'hdr-histogram-js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CouponOutcome } from '../../../packages/client/src/index.js';
import { createSaleClient } from '../client/sale-client.js';
import { epochMs } from '../clock.js';
import { type Crowd, gatherCrowd } from '../crowd.js';
import { issuedOf, judge } from '../judge.js';
import { type RehearsalOptions } from '../options.js';
import { openSockets } from '../rush/rehearse-rush.js';
import { histogram, microseconds, timesByName } from '../times.js';
import { type Verdict, verdictOf } from '../verdict.js';
import { hearOpening } from './hear-opening.js';

export interface OpeningOptions extends RehearsalOptions {
  readonly quantity: number;
  /** How many are let in at once. */
  readonly activeLimit: number;
  /** From the beginning of the rehearsal to the opening, while people gather. */
  readonly opensInMs: number;
}

export interface OpeningRehearsal {
  /** Of the schedule, the event and the coupon. */
  readonly id: string;
  readonly crowd: Crowd;
  /** Milliseconds from the moment it was meant to open to its opening. */
  readonly lateMs: number;
  /** Who was in before it opened, and was told to wait. */
  readonly tooEarly: number;
  /** Microseconds from the opening to each listener's hearing of it. */
  readonly heard: Histogram;
  /** Answers to asking, and final answers; microseconds from the asking to the one, from the 202 to the other. */
  readonly answers: ReadonlyMap<string, Histogram>;
  readonly issued: number;
  /** Milliseconds from the opening until the last had been in. */
  readonly throughMs: number;
  readonly faults: ReadonlyArray<string>;
  readonly verifySchedule: Verdict;
  readonly verifyCoupon: Verdict;
  readonly passed: boolean;
}

const LISTENERS = 500;
const ACTIVE_SECONDS = 600;
const TIMEOUT_MS = 60_000;
const ASK_AGAIN_MS = 20;
/** The coupon learns of the opening a moment after the people do. */
const OPEN_WITHIN_MS = 5_000;
/** Few people are through before all have heard. */
const HEARD_WITHIN_MS = 5_000;
const MOST_FAULTS = 20;

/**
 * People gather in a waiting room, an event opens by itself, they are let in one after the other, and ask for coupons.
 * Judged by the people, by the events of the room, and by the events of the coupon.
 */
export const rehearseOpening = async (options: OpeningOptions): Promise<OpeningRehearsal> => {
  const { users, quantity, activeLimit, opensInMs, finalWithinMs, onProgress, signal } = options;
  // Each person who is in and waits for the opening keeps a socket busy: the others need theirs to queue.
  const sockets = options.sockets + activeLimit;
  const sale = createSaleClient({ ...options, sockets, timeoutMs: TIMEOUT_MS });
  const id = `opening-${randomUUID()}`;
  const people = Array.from({ length: users }, (_, n) => `user-${n}`);
  const answers = timesByName();
  const finals = new Map<string, CouponOutcome>();
  const failures: string[] = [];
  const ended = new AbortController();
  const listening = signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal]);
  let tooEarly = 0;

  try {
    const listeners = people.slice(0, LISTENERS);
    const hearing = await hearOpening({ ...options, ...sale }, listeners, id, listening);
    await sale.configure(id, activeLimit, ACTIVE_SECONDS);
    const opensAt = epochMs() + opensInMs;
    await sale.schedule(id, opensAt, id);
    await sale.create(quantity, id, id);
    await openSockets(sale, id, Math.ceil(sockets / 4));
    const abandoned = once(listening, 'abort');
    const visit = async (userId: string, pass: string): Promise<void> => {
      const requestId = `${id.slice(-12)}-${userId}`;
      let askedAt = performance.now();
      let answer = await sale.ask(id, userId, requestId, pass);
      if (answer.code === 'NOT_OPEN') tooEarly += 1;
      for (let since = Infinity; answer.code === 'NOT_OPEN' && performance.now() < since + OPEN_WITHIN_MS;) {
        await Promise.race([hearing.opened, abandoned]);
        signal?.throwIfAborted();
        since = Math.min(since, performance.now());
        await sleep(ASK_AGAIN_MS);
        askedAt = performance.now();
        answer = await sale.ask(id, userId, requestId, pass);
      }
      answers.add(`${answer.status} ${answer.code}`, performance.now() - askedAt);
      if (answer.request === null) return;
      const acceptedAt = performance.now();
      const final = await sale.awaitOutcome(answer.request, finalWithinMs);
      answers.add(final.status, performance.now() - acceptedAt);
      finals.set(requestId, final);
    };
    const crowd = await gatherCrowd({
      client: () => sale.visitor,
      describeRefusal: sale.describeRefusal,
      scheduleId: id,
      visitors: people.map((userId) => ({ userId, patience: 'stays' })),
      inFlight: sockets,
      visit: (userId, pass) => visit(userId, pass).catch((error) => void failures.push(String(error))),
      onProgress: (joined, visited) => {
        const leftMs = opensAt - epochMs();
        if (leftMs > 0)
          onProgress?.(joined, users, `people to queue, and the opening in ${Math.ceil(leftMs / 1_000)} s`);
        else onProgress?.(visited, users, 'people to be let in and served');
      },
      ...(signal && { signal }),
    });
    onProgress?.(0, 1, 'what the room, the coupon and their verification say');
    const openedAt = (await sale.openedAt(id)) ?? Infinity;
    const throughMs = epochMs() - openedAt;
    const heardUntil = performance.now() + HEARD_WITHIN_MS;
    while (hearing.heardAt().length < listeners.length && performance.now() < heardUntil) await sleep(10);
    ended.abort();

    const heard = histogram();
    for (const at of hearing.heardAt()) heard.recordValue(microseconds(at - openedAt));
    const told = [...finals.values()].filter(({ status }) => status === 'SUCCESS').length;
    const issued = await issuedOf(sale, id, told);
    const faults = [
      ...judge({
        users: crowd.visited.length,
        quantity,
        finals,
        failures: failures.slice(0, MOST_FAULTS),
        answers: [...answers.all.keys(), ...crowd.refused],
        issued,
      }),
      ...crowd.worse.slice(0, MOST_FAULTS).map((worse) => `a place in line got worse: ${worse}`),
      ...(crowd.visited.length < users ? [`${users - crowd.visited.length} people never got in`] : []),
      ...(openedAt < opensAt ? ['it opened before its time'] : []),
      ...(heard.totalCount === listeners.length
        ? []
        : [`${heard.totalCount} of ${listeners.length} heard of the opening`]),
      ...(hearing.toldAgain().size === 0 ? [] : [`${hearing.toldAgain().size} people were told of the opening twice`]),
    ];
    const [verifySchedule, verifyCoupon] = [
      await verdictOf(sale, 'schedules', id),
      await verdictOf(sale, 'coupons', id),
    ];
    const passed = faults.length === 0 && verifySchedule.verdict === 'PASS' && verifyCoupon.verdict === 'PASS';
    const lateMs = openedAt - opensAt;
    return {
      id,
      crowd,
      lateMs,
      tooEarly,
      heard,
      answers: answers.all,
      issued,
      throughMs,
      faults,
      verifySchedule,
      verifyCoupon,
      passed,
    };
  } finally {
    ended.abort();
    await sale.close();
  }
};
