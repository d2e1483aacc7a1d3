import { setTimeout as sleep } from 'node:timers/promises';
import { type Asking, type Asked } from './bot-client.js';
import { type Device } from './device.js';
import { type Counting } from './tally.js';

interface Person {
  readonly ask: (asking: Asking) => Promise<Asked>;
  readonly asking: Asking;
  readonly device: Device;
  readonly count: Counting;
  /** When they press the button, milliseconds from now. */
  readonly pressAfterMs: number;
  readonly signal: AbortSignal;
}
const AGAIN_MS = 1000;
const MOST_ATTEMPTS = 10;
/** Presses the button once, solves what is to be solved, and waits for the answer. A person who gives up is not counted as ended. */

export const person = async ({ ask, asking, device, count, pressAfterMs, signal }: Person): Promise<void> => {
  await sleep(pressAfterMs, undefined, { signal });
  const pressedAt = performance.now();
  let servedMs = 0;
  let solution: string | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const sentAt = performance.now();
    const answer = await ask({ ...asking, ...(solution !== undefined && { solution }) });
    servedMs += performance.now() - sentAt;
    count.answered(`${answer.status} ${answer.code}`);
    if (answer.code === 'CHALLENGE_REQUIRED') solution = (await device.solve(answer.challenge, signal)) ?? undefined;
    else if (answer.status === 429 || answer.status === 503) await sleep(AGAIN_MS, undefined, { signal });
    else return count.ended(performance.now() - pressedAt, servedMs);
  }
};
