import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { poolFetch } from '../client/pool-fetch.js';
import { createSaleClient, type SaleClient } from '../client/sale-client.js';
import { issuedOf } from '../judge.js';
import { verdictOf } from '../verdict.js';
import { type Asked, askFrom, type Asking, type TokenOf } from './bot-client.js';
import { type BotRehearsal, type BotSale } from './bot-sale.js';
import { device, type Device } from './device.js';
import { judgeBots, waitedTooLong } from './judge-bots.js';
import { counting, type Counting } from './tally.js';

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
const bot = async ({ ask, couponId, address, users, tries, device, count, ...run }: Bot): Promise<void> => {
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
        if (asked.status === 429) await sleep(1_000);
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

interface Person {
  readonly ask: (asking: Asking) => Promise<Asked>;
  readonly asking: Asking;
  readonly device: Device;
  readonly count: Counting;
  /** When they press the button, milliseconds from now. */
  readonly pressAfterMs: number;
  readonly signal: AbortSignal;
}

const AGAIN_MS = 1_000;
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

export interface RehearseBotsOptions {
  readonly url: string;
  /** ADMIN_TOKEN of that server. */
  readonly token: string;
  readonly tokenOf: TokenOf;
  readonly people: number;
  readonly quantity: number;
  /** Of the bots. They lie in blocks of a hundred. */
  readonly addresses: number;
  /** Requests of all bots together. */
  readonly tries: number;
  /** CHALLENGE_WORK of that server, and how long a first challenge takes a machine, milliseconds. */
  readonly work: number;
  readonly solvedInMs: number;
  /** Over how long bots spread the requests that only flood, milliseconds. */
  readonly floodForMs: number;
  readonly sockets: number;
  /** How often people are compared with and without bots, at most, where they wait too long. Default 3. */
  readonly rounds?: number;
  readonly onProgress?: (done: number, of: number, what: string) => void;
  /** Aborted when the whole is given up. */
  readonly signal?: AbortSignal;
}

const IN_BLOCK = 100;
const USERS_OF_A_BOT = 25;
const TIMEOUT_MS = 60_000;

/** People come from many blocks of addresses, bots from a few that somebody rented. Each sale has its own, so that earlier requests are not counted. */
const addressOfPerson = (sale: number, n: number): string => `${20 + sale}.${n >> 8}.${n & 255}.7`;
const addressOfBot = (sale: number, n: number): string =>
  `${40 + sale}.0.${Math.floor(n / IN_BLOCK)}.${1 + (n % IN_BLOCK)}`;

interface Plan {
  readonly name: BotSale['name'];
  readonly challenge: 'NEVER' | 'ALWAYS';
  readonly hasBots: boolean;
}

const OPEN: Plan = { name: 'bots, no challenge', challenge: 'NEVER', hasBots: true };
const ROUND: ReadonlyArray<Plan> = [
  { name: 'people alone', challenge: 'ALWAYS', hasBots: false },
  { name: 'bots', challenge: 'ALWAYS', hasBots: true },
];
const ROUNDS = 3;

const play = async (options: RehearseBotsOptions, client: SaleClient, plan: Plan, sale: number): Promise<BotSale> => {
  const { people, quantity, addresses, solvedInMs, onProgress = () => undefined } = options;
  const signal = options.signal ?? new AbortController().signal;
  const couponId = `rehearsal-${randomUUID()}`;
  await client.create(quantity, couponId, undefined, plan.challenge);
  const http = { url: options.url, sockets: options.sockets, timeoutMs: TIMEOUT_MS };
  const [ofPeople, ofBots] = [poolFetch(http), poolFetch(http)];
  const [peopleSaw, botsSaw] = [counting(people), counting(plan.hasBots ? addresses : 0)];
  const machine = device(options.work / solvedInMs);
  const tries = Math.floor(options.tries / addresses);
  const allTries = plan.hasBots ? tries * addresses : 0;
  const said = setInterval(
    () => onProgress(peopleSaw.tries + botsSaw.tries, people + allTries, `answers, ${plan.name}`),
    100,
  );
  try {
    const userOf = (n: number): string => `person-${sale}-${n}`;
    const usersOf = (n: number): ReadonlyArray<string> =>
      Array.from({ length: USERS_OF_A_BOT }, (_, user) => `invented-${sale}-${n}-${user}`);
    // People have signed in before the sale.
    await Promise.all(Array.from({ length: people }, (_, n) => options.tokenOf(userOf(n))));
    await Promise.all(Array.from({ length: botsSaw.addresses }, (_, n) => usersOf(n).map(options.tokenOf)).flat());
    const everyone = Array.from({ length: people }, (_, n) =>
      person({
        ask: askFrom(options.url, ofPeople.fetch, options.tokenOf),
        asking: { couponId, userId: userOf(n), address: addressOfPerson(sale, n) },
        device: machine,
        count: peopleSaw,
        pressAfterMs: Math.random() * solvedInMs,
        signal,
      }),
    );
    const attack = Array.from({ length: botsSaw.addresses }, (_, n) =>
      bot({
        ask: askFrom(options.url, ofBots.fetch, options.tokenOf),
        couponId,
        address: addressOfBot(sale, n),
        users: usersOf(n),
        tries,
        floodForMs: options.floodForMs,
        device: machine,
        count: botsSaw,
        signal,
      }),
    );
    await Promise.all([...everyone, ...attack]);
  } finally {
    clearInterval(said);
    await Promise.all([ofPeople.close(), ofBots.close()]);
  }
  const issued = await issuedOf(client, couponId, peopleSaw.won + botsSaw.won);
  const verify = await verdictOf(client, 'coupons', couponId);
  return { name: plan.name, couponId, people: peopleSaw, bots: botsSaw, issued, verify };
};

/**
 * Bots without a challenge, then rounds of two sales: people alone with one, and both. Then judges what the challenge achieved. The last
 * round is the first in which people did not wait too long.
 */
export const rehearseBots = async (options: RehearseBotsOptions): Promise<BotRehearsal> => {
  const { people, quantity, addresses, rounds = ROUNDS } = options;
  const client = createSaleClient({ ...options, signal: undefined, timeoutMs: TIMEOUT_MS });
  try {
    const sales: BotSale[] = [await play(options, client, OPEN, 0)];
    for (let round = 0; round < rounds && waitedTooLong(sales); round += 1)
      for (const plan of ROUND) sales.push(await play(options, client, plan, sales.length));
    const share = Math.floor((quantity * addresses) / (addresses + people));
    const faults = judgeBots({ quantity, share, sales });
    return { quantity, share, sales, faults, passed: faults.length === 0 };
  } finally {
    await client.close();
  }
};
