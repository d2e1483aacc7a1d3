import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DEV_AUDIENCE, devToken } from '../../src/adapters/identity/dev-issuer.js';
import { type Bench } from '../harness/bench.js';
import { inTurns } from '../harness/in-turns.js';
import { count, mean, median, ratio, spread } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';
import { type Server, startProduct } from '../harness/servers.js';

const CONNECTIONS = 256;
/** Short rounds, and many of them: whatever else the machine does happens to both of a pair. */
const REQUESTS = 1_000;
const USERS = 'u';
const SETTLED_WITHIN_MS = 60_000;

interface Shop {
  readonly server: Server;
  readonly tokens?: ReadonlyArray<string>;
}

interface Round {
  readonly perSecond: number;
  readonly cpuUs: number;
}

const coupon = z.object({ issued: z.number() });

const settled = async (url: string, couponId: string, requests: number): Promise<void> => {
  for (const deadline = Date.now() + SETTLED_WITHIN_MS; Date.now() < deadline; await sleep(20)) {
    const answer = await fetch(`${url}/api/coupons/${couponId}`);
    if (coupon.parse(await answer.json()).issued === requests) return;
  }
  throw new Error(`${couponId} was not issued to everybody`);
};

/** Tokens of so many users, of the development issuer of a directory. */
const tokensIn = async (directory: string, users: number): Promise<ReadonlyArray<string>> => {
  const wanted = { role: null, rolesClaim: 'roles', audience: DEV_AUDIENCE, now: Date.now(), ttlSeconds: 3_600 };
  const tokens: string[] = [];
  for (let n = 0; n < users; n += 1)
    tokens.push(await devToken(join(directory, 'dev-issuer.json'), { ...wanted, subject: `${USERS}${n}` }));
  return tokens;
};

const pressed = async (bench: Bench, { server, tokens }: Shop, n: number): Promise<Round> => {
  const couponId = `authenticated-${n}`;
  await server.create(couponId, REQUESTS);
  const before = await server.child.usage();
  const { url } = server;
  const { wallMs } = await bench.generator.press({
    url,
    couponId,
    salt: couponId,
    connections: CONNECTIONS,
    requests: REQUESTS,
    users: USERS,
    ...(tokens && { tokens: [...tokens] }),
  });
  const answered = await server.child.usage();
  await settled(url, couponId, REQUESTS);
  return { perSecond: REQUESTS / (wallMs / 1_000), cpuUs: (answered.cpuUs - before.cpuUs) / REQUESTS };
};

/**
 * The same people in every round: after the first each token was seen before, as in a sale that people waited for. Time of the
 * CPU is added up over all rounds: what one leaves behind for the collector, another pays for.
 */
const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const directory = bench.directory();
  const shops: Readonly<Record<'off' | 'on', Shop>> = {
    off: { server: await startProduct(bench.dist, { DATA_DIR: bench.directory() }) },
    on: {
      server: await startProduct(bench.dist, {
        DATA_DIR: directory,
        AUTH: 'jwt',
        AUTH_ISSUER: 'dev',
        ADMIN_TOKEN: 'the-token-of-the-operator-of-this-bench',
        TRUSTED_PROXIES: '127.0.0.1',
      }),
      tokens: await tokensIn(directory, REQUESTS),
    },
  };
  const rounds = { warmUp: 6, rounds: bench.short ? 9 : 99 };
  const turns = await inTurns(['off', 'on'] as const, rounds, async (name, n) => {
    const round = await pressed(bench, shops[name], n);
    bench.say(`round ${n}, ${name}: ${count(round.perSecond)}/s, ${count(round.cpuUs)} µs of CPU each`);
    return round;
  });
  for (const { server } of Object.values(shops)) await server.child.stop('SIGKILL');
  const [off, on] = [turns.get('off'), turns.get('on')];
  const failed = off?.failed ?? on?.failed;
  if (failed) throw failed.error;
  const [without, withAll] = [off?.rounds ?? [], on?.rounds ?? []];
  const rates = withAll.map(({ perSecond }, n) => perSecond / (without[n]?.perSecond ?? NaN));
  const cpu = withAll.map(({ cpuUs }, n) => (without[n]?.cpuUs ?? NaN) / cpuUs);
  const [free = NaN, checked = NaN] = [without, withAll].map((all) => mean(all.map(({ cpuUs }) => cpuUs)));
  const { measured, wanted } = atLeast(free / checked, 0.9, 1, ratio);
  return [
    {
      what: 'accepted/s with AUTH=jwt and limits as a share of AUTH=off, by CPU, tokens seen before',
      measured:
        `${measured}${spread(cpu, ratio)}: ${count(free)} → ${count(checked)} µs of CPU a request; ` +
        `by the clock ${ratio(median(rates))}${spread(rates, ratio)}`,
      wanted,
    },
  ];
};

export const authenticated: Row = {
  name: 'authenticated',
  title: 'With authentication and limits',
  limitS: { short: 120, full: 300 },
  run,
};
