import { randomBytes } from 'node:crypto';
import { openRehearsalIssuer } from './rehearsal-issuer.js';

/** Challenges of this server are easy and each simulated machine is slow, so that two thousand of them fit into one. Milliseconds for one challenge. */
const WORK = 256;
const SOLVED_IN_MS = 10_000;
const FLOOD_FOR_MS = 60_000;

export interface BotsStage {
  /** What its server is started with. */
  readonly variables: Readonly<Record<string, string>>;
  readonly play: (crowd: BotsCrowd, stage: Stage) => Promise<Played>;
  readonly close: () => Promise<void>;
}

export interface BotsCrowd {
  /** Default 2,000 people, 1,000 coupons. */
  readonly users?: number | undefined;
  readonly quantity?: number | undefined;
  readonly addresses: number;
  readonly tries: number;
  readonly sockets: number;
}

interface Stage {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number, what: string) => void;
}

interface Played {
  readonly passed: boolean;
  readonly summary: object;
  readonly report: () => string;
}

/** A server with every protection on: tokens, limits, challenges. The rehearsal acts as the proxy that reports addresses. */
export const openBotsStage = async (): Promise<BotsStage> => {
  const { rehearseBots } = await import('../../rehearsal/bots/rehearse-bots.js');
  const { botsReport, botsSummary } = await import('../../rehearsal/bots/report-bots.js');
  const issuer = await openRehearsalIssuer();
  const token = randomBytes(24).toString('base64url');
  return {
    variables: {
      ...issuer.variables,
      ADMIN_TOKEN: token,
      TRUSTED_PROXIES: '127.0.0.1,::1',
      RATE_LIMIT_ADDRESS: '50/10',
      CHALLENGE_WORK: String(WORK),
    },
    play: async ({ users: people = 2_000, quantity = 1_000, addresses, tries, sockets }, stage) => {
      const { tokenOf } = issuer;
      const plan = {
        people,
        quantity,
        addresses,
        tries,
        sockets,
        work: WORK,
        solvedInMs: SOLVED_IN_MS,
        floodForMs: FLOOD_FOR_MS,
      };
      const rehearsal = await rehearseBots({ ...plan, ...stage, token, tokenOf });
      const { passed } = rehearsal;
      return { passed, summary: botsSummary(rehearsal), report: () => botsReport(rehearsal) };
    },
    close: issuer.close,
  };
};
