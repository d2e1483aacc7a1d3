import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RehearsalOptions } from '../../rehearsal/options.js';

interface RehearsalIssuer {
  /** What a server needs to accept its tokens. */
  readonly variables: Readonly<Record<string, string>>;
  /** The token of a user, the same each time. */
  readonly tokenOf: (userId: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const ISSUER = 'https://issuer.rehearsal.invalid';
const AUDIENCE = 'rehearsal';
const ALGORITHM = 'EdDSA';

/** An issuer of tokens for the people of a rehearsal: a shop's own would not sign for people who do not exist. */
export const openRehearsalIssuer = async (): Promise<RehearsalIssuer> => {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const directory = await mkdtemp(join(tmpdir(), 'doorbuster-issuer-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  const file = join(directory, 'jwks.json');
  const key = { ...(await exportJWK(publicKey)), kid: 'rehearsal', alg: ALGORITHM };
  await writeFile(file, JSON.stringify({ keys: [key] }), { mode: 0o600 });
  const tokens = new Map<string, Promise<string>>();
  const sign = (userId: string): Promise<string> =>
    new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, kid: 'rehearsal' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return {
    variables: { AUTH: 'jwt', AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS_FILE: file },
    tokenOf: (userId) => {
      const token = tokens.get(userId) ?? sign(userId);
      tokens.set(userId, token);
      return token;
    },
    close: async () => {
      remove();
      process.off('exit', remove);
    },
  };
};

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

/** Where a rehearsal is played. */
export type Stage = Required<Pick<RehearsalOptions, 'url' | 'signal' | 'onProgress'>>;

export interface Played {
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
