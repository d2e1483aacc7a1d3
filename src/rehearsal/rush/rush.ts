import { performance } from 'node:perf_hooks';
import { type Histogram } from 'hdr-histogram-js';
import { type Ask } from './plan-rush.js';
import { type CouponOutcome, type CouponRequest } from '../../../packages/client/src/index.js';
import { type SaleClient } from '../client/sale-client.js';
import { histogram, microseconds, timesByName } from '../times.js';

export interface Rush {
  /** Answers by `status code`, how many each, and how long each took: microseconds from the socket to the answer. */
  readonly answers: ReadonlyMap<string, Histogram>;
  /** Microseconds from the start of the rush to each answer: what a person saw who came with all the others. */
  readonly waited: Histogram;
  /** Microseconds from a 202 to its final answer. */
  readonly decided: Histogram;
  /** By request: what every accepted request finally got. */
  readonly finals: ReadonlyMap<string, CouponOutcome>;
  /** Accepted requests that got no final answer, and calls that failed: why. */
  readonly failures: ReadonlyArray<string>;
  /** Milliseconds from the start until every request had its first answer. */
  readonly answeredMs: number;
  /** Milliseconds from the start until every accepted request had its final answer. */
  readonly finalMs: number;
}

export interface RushRun {
  readonly client: SaleClient;
  readonly couponId: string;
  readonly asks: ReadonlyArray<Ask>;
  /** Calls on their way at once: the sockets of the client. */
  readonly inFlight: number;
  /** How long an accepted request may take to become final, milliseconds. */
  readonly finalWithinMs: number;
  readonly onProgress: (answered: number, decided: number, accepted: number) => void;
}

const MOST_FAILURES_KEPT = 20;
const since = (ms: number): number => microseconds(performance.now() - ms);

/** Sends all asks as fast as the sockets allow, and follows each accepted one until it is final. */
export const rush = async ({ client, couponId, asks, inFlight, finalWithinMs, onProgress }: RushRun): Promise<Rush> => {
  const answers = timesByName();
  const finals = new Map<string, CouponOutcome>();
  const failures: string[] = [];
  const [waited, decided] = [histogram(), histogram()];
  const following = new Map<string, Promise<void>>();
  const start = performance.now();
  let answered = 0;

  const failed = (error: unknown): void => {
    if (failures.length < MOST_FAILURES_KEPT) failures.push(error instanceof Error ? error.message : String(error));
  };
  const answeredWith = (key: string, sentAt: number): void => {
    answers.add(key, performance.now() - sentAt);
    waited.recordValue(since(start));
    onProgress((answered += 1), finals.size, following.size);
  };
  const follow = async (request: CouponRequest): Promise<void> => {
    const acceptedAt = performance.now();
    const final = await client.awaitOutcome(request, finalWithinMs);
    decided.recordValue(since(acceptedAt));
    finals.set(request.requestId, final);
    onProgress(answered, finals.size, following.size);
  };
  const ask = async ({ userId, requestId }: Ask): Promise<void> => {
    const sentAt = performance.now();
    const { status, code, request } = await client.ask(couponId, userId, requestId);
    answeredWith(`${status} ${code}`, sentAt);
    if (request !== null && !following.has(request.requestId))
      following.set(request.requestId, follow(request).catch(failed));
  };
  const queue = asks.values();
  const socket = async (): Promise<void> => {
    for (const next of queue) await ask(next).catch(failed);
  };

  await Promise.all(Array.from({ length: inFlight }, socket));
  const answeredMs = performance.now() - start;
  await Promise.all(following.values());
  return { answers: answers.all, waited, decided, finals, failures, answeredMs, finalMs: performance.now() - start };
};
