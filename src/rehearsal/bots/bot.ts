import { setTimeout as sleep } from 'node:timers/promises';
import { type Asking, type Asked } from './bot-client.js';
import { type Device } from './device.js';
import { type Counting } from './tally.js';

interface Bot {
  readonly ask: (asking: Asking) => Promise<Asked>;
  readonly couponId: string;
  readonly address: string;
  /** Users it invented: each may have one coupon. */
  readonly users: ReadonlyArray<string>;
  /** Requests it sends in all. */
  readonly tries: number;
  /** Over how long it spreads those that only flood, milliseconds. */
  readonly floodForMs: number;
  readonly device: Device;
  readonly count: Counting;
  readonly signal: AbortSignal;
}
/**
 * One address of an attack, with two loops. One tries to win: as one user after the other it asks, solves, sends, and sends each used
 * solution again. The other sends requests without solutions until all tries are used up. Both start at the opening.
 */
export const bot = async ({ ask, couponId, address, users, tries, device, count, ...run }: Bot): Promise<void> => {
  let [left, next, isOver] = [tries, 0, false];
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal]);
  const send = async (solution?: string, isReplay = false): Promise<Asked> => {
    left -= 1;
    const userId = users[next % users.length] ?? address;
    const answer = await ask({ couponId, userId, address, ...(solution !== undefined && { solution }) });
    count.answered(`${answer.status} ${answer.code}`, isReplay);
    if (answer.code === 'ACCEPTED' || answer.code === 'ALREADY_REQUESTED') next += 1;
    if (answer.code === 'SOLD_OUT' && !isOver) {
      isOver = true;
      over.abort();
    }
    return answer;
  };
  const win = async (): Promise<void> => {
    while (left > 0 && !isOver) {
      const asked = await send();
      if (asked.code !== 'CHALLENGE_REQUIRED') {
        // Over the limit of its address: this loop pauses, the other continues.
        if (asked.status === 429) await sleep(1000);
        continue;
      }
      const solution = await device.solve(asked.challenge, signal);
      if (solution === null) return;
      const answer = await send(solution);
      if (answer.code === 'ACCEPTED' && left > 0) await send(solution, true);
    }
  };
  const flood = async (): Promise<void> => {
    const pauseMs = run.floodForMs / tries;
    for (await sleep(pauseMs * Math.random()); left > 0; await sleep(pauseMs)) {
      run.signal.throwIfAborted();
      await send();
    }
    over.abort();
  };
  await Promise.all([win(), flood()]);
};
