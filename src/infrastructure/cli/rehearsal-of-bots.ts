import { randomBytes } from 'node:crypto';
import { DEV_AUDIENCE, DEV_ISSUER, devToken } from '../../adapters/identity/dev-issuer.js';
import { type Credentials } from '../../rehearsal/client/callers.js';
import { type RehearsalOptions } from '../../rehearsal/options.js';
import { devIssuerPath } from '../identity/identity-files.js';
import { systemClock } from '../system/system-clock.js';

/** Tokens of the people of a rehearsal, the same each time, by the development issuer of the server with this data directory. */
export const tokensOfUsers = (directory: string): ((userId: string) => Promise<string>) => {
  const path = devIssuerPath({ DATA_DIR: directory });
  const tokens = new Map<string, Promise<string>>();
  const wanted = { role: null, rolesClaim: 'roles', audience: DEV_AUDIENCE, now: systemClock.now(), ttlSeconds: 3_600 };
  return (userId) => {
    const token = tokens.get(userId) ?? devToken(path, { subject: userId, ...wanted });
    tokens.set(userId, token);
    return token;
  };
};

/** Challenges of this server are easy and each simulated machine is slow, so that two thousand of them fit into one. Milliseconds for one challenge. */
const WORK = 256;
const SOLVED_IN_MS = 10_000;
const FLOOD_FOR_MS = 60_000;

export interface BotsCrowd {
  /** Default 2,000 people, 1,000 coupons. */
  readonly users?: number | undefined;
  readonly quantity?: number | undefined;
  readonly addresses: number;
  readonly tries: number;
  readonly sockets: number;
}

/** Where a rehearsal is played. */
export interface Stage extends Credentials, Required<Pick<RehearsalOptions, 'url' | 'signal' | 'onProgress'>> {
  /** The data of its server; empty where that was not started for it. */
  readonly directory: string;
}

export interface Played {
  readonly passed: boolean;
  readonly summary: object;
  readonly report: () => string;
}

/** A server with every protection on: tokens, limits, challenges. The rehearsal acts as the proxy that reports addresses. */
export const PROTECTED = {
  AUTH: 'jwt',
  AUTH_ISSUER: DEV_ISSUER,
  ADMIN_TOKEN: randomBytes(24).toString('base64url'),
  TRUSTED_PROXIES: '127.0.0.1,::1',
  RATE_LIMIT_ADDRESS: '50/10',
  CHALLENGE_WORK: String(WORK),
};

/** An attack on a server that is `PROTECTED`. */
export const playBots = async (
  { users: people = 2_000, quantity = 1_000, addresses, tries, sockets }: BotsCrowd,
  { directory, ...stage }: Stage,
): Promise<Played> => {
  const { rehearseBots } = await import('../../rehearsal/bots/rehearse-bots.js');
  const { botsReport, botsSummary } = await import('../../rehearsal/bots/report-bots.js');
  const difficulty = { work: WORK, solvedInMs: SOLVED_IN_MS, floodForMs: FLOOD_FOR_MS };
  const plan = { people, quantity, addresses, tries, sockets, ...difficulty };
  const credentials = { token: PROTECTED.ADMIN_TOKEN, tokenOf: tokensOfUsers(directory) };
  const rehearsal = await rehearseBots({ ...plan, ...stage, ...credentials });
  const { passed } = rehearsal;
  return { passed, summary: botsSummary(rehearsal), report: () => botsReport(rehearsal) };
};
