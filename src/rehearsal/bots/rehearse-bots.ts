import { randomUUID } from 'node:crypto';
import { poolFetch } from '../client/pool-fetch.js';
import { createSaleClient, type SaleClient } from '../client/sale-client.js';
import { issuedOf } from '../judge.js';
import { type RehearsalOptions } from '../options.js';
import { verdictOf } from '../verdict.js';
import { askFrom, type TokenOf } from './bot-client.js';
import { type BotRehearsal, type BotSale } from './bot-sale.js';
import { device } from './device.js';
import { judgeBots, waitedTooLong } from './judge-bots.js';
import { counting } from './tally.js';
import { bot } from './bot.js';
import { person } from './person.js';

export interface RehearseBotsOptions extends Pick<RehearsalOptions, 'url' | 'sockets' | 'onProgress' | 'signal'> {
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
  /** How often people are compared with and without bots, at most, where they wait too long. Default 3. */
  readonly rounds?: number;
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
