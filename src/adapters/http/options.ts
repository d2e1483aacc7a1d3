import { type RecordActs } from '../../application/operating/audit-trail/record-acts.js';
import { type Challenges } from '../../application/ports/challenges.js';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type Identify, type IsStillValid, type Recall } from '../../application/ports/identity.js';
import { type StreamTickets } from '../../application/ports/stream-tickets.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type RateLimiter } from '../../application/ports/rate-limiter.js';
import { type Ports } from '../../application/ports/ports.js';
import { type Owners } from '../../application/ports/owners.js';
import { type AddressBlock } from './limits/client-address.js';
import { type RateLimits } from './limits/limit-rate.js';
import { type WrongCredentialLimits } from './limits/wrong-credentials.js';
import { defaultSseLimits, type SseLimits } from './sse/limits.js';

/** Bounds of the server. Every wait has an end, every queue a length. */
export interface Limits {
  /** Requests being answered at once; beyond it 503. Waiting GETs do not count. */
  readonly inFlight: number;
  /** GETs held back by `Prefer: wait` at once; beyond it they are answered at once. */
  readonly waiting: number;
  /** The longest `Retry-After` for people in line: short enough that they keep their place, and hear of their turn in time. */
  readonly askAgainWithinMs: number;
  /** Open sockets; beyond it a new one is closed. */
  readonly connections: number;
  readonly headersTimeoutMs: number;
  /** For all of a request to arrive. */
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  /** How often slow connections are looked for. */
  readonly sweepEveryMs: number;
  readonly sse: SseLimits;
}

export const defaultLimits: Limits = {
  inFlight: 20_000,
  waiting: 10_000,
  askAgainWithinMs: 15_000,
  connections: 50_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  sweepEveryMs: 1_000,
  sse: defaultSseLimits,
};

export type EngineState = 'ok' | 'degraded' | 'down';

export interface HttpServerOptions extends Pick<Ports, 'clock' | 'log'> {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Whom a bearer credential names. Absent: without authentication, and for this machine alone. */
  readonly identify?: Identify;
  /** What is known of a credential without verifying it. Absent: nothing. */
  readonly recall?: Recall;
  /** Absent: every credential that was good stays good. */
  readonly isStillValid?: IsStillValid;
  /** Whose things are. Absent: nobody's, and users see none. */
  readonly owners?: Owners;
  /** Without authentication: operators' calls need it as a bearer token, when it is set. */
  readonly adminToken?: string;
  readonly version: string;
  /** Of the command topics, as `/asyncapi.json` tells. Default 3. */
  readonly partitions?: number;
  readonly limits?: Partial<Limits>;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly streamTickets: StreamTickets;
  readonly health: () => Promise<Readonly<Record<string, EngineState>>>;
  /** Why nothing can be written at the moment; null, and absent, while everything can. `detail` is for operators. */
  readonly trouble?: () => { readonly code: 'DISK_LOW' | 'DISK_FULL' | 'DISK_FAILED'; readonly detail: string } | null;
  /** How fast one user and one address may ask. Absent: as fast as they can. */
  readonly rateLimits?: RateLimits;
  /** Absent: as many as anybody likes. */
  readonly wrongCredentials?: WrongCredentialLimits;
  /** Proxies whose X-Forwarded-For is believed. Absent: none. */
  readonly trustedProxies?: ReadonlyArray<AddressBlock>;
  /** What was built of the console. Default: what `npm run build` left beside this. */
  readonly consoleFolder?: URL;
  /** Origins whose pages may call from a browser. Absent: only this server's own. */
  readonly corsOrigins?: ReadonlyArray<string>;
  /** Keeps who of the shop changed what. Absent: nobody does. */
  readonly acts?: RecordActs;
  /** Names of fields that are personal to the shop's users beside those known here: in orders part of `shipping`, and left out of what `acts` keeps. */
  readonly personalFields?: ReadonlyArray<string>;
  /** For products that ask for one. Absent: nobody is asked. */
  readonly challenges?: Challenges;
  /** Counts what a block of addresses asks for. */
  readonly askedLately?: RateLimiter;
  /** Counts what is answered and refused. */
  readonly count?: Metrics['count'];
  /** Takes down how long answers took. */
  readonly observe?: Metrics['observe'];
  /** Each request is a span. Default false. */
  readonly traced?: boolean;
  /** All metrics as text, with its content type. */
  readonly metrics: (
    format: 'prometheus' | 'openmetrics',
  ) => Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface Drain {
  /** First readiness says 503 for so long while all else goes on, so that no balancer sends more. Default 0. */
  readonly noticeMs?: number;
  /** Whoever has no answer by then is cut off. */
  readonly timeoutMs: number;
}

export interface HttpServer {
  /** Resolves once connections are taken, with the address others reach it by. Rejects when the port is taken. */
  readonly listen: () => Promise<{ readonly url: string; readonly port: number }>;
  /** Takes no new connection, finishes what is in flight, closes what is kept alive; resolves when all are closed. */
  readonly close: (drain: Drain) => Promise<void>;
}
