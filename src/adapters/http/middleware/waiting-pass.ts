import {
  errors,
  type JSONWebKeySet,
  jwtVerify,
  createLocalJWKSet,
  createRemoteJWKSet,
  type JWTVerifyGetKey,
} from 'jose';
import { type Context, type Middleware } from 'koa';
import { z } from 'zod';
import { type Language, preferredLanguage } from '../language.js';

/** The keys could not be had: nothing is known of the pass, neither that it is good nor that it is not. */
class KeysUnavailable extends Error {}

const FETCH_WITHIN_MS = 3_000;

/**
 * The keys passes are verified with. Those at a URL are kept for good and asked for again only for a pass whose key is not
 * among them: a key is published long before it signs, and what signed it stays published for longer than a pass lasts.
 * So passes are verified while nobody answers there. Rejects with KeysUnavailable when it depends on an answer.
 */
const passVerificationKeys = (jwks: URL | JSONWebKeySet): JWTVerifyGetKey => {
  if (!(jwks instanceof URL)) return createLocalJWKSet(jwks);
  const remote = createRemoteJWKSet(jwks, { cacheMaxAge: Infinity, timeoutDuration: FETCH_WITHIN_MS });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeysUnavailable('The keys of passes could not be had', { cause: error });
    }
  };
};

export interface WaitingPassOptions {
  /** Where the keys are (`…/.well-known/jwks.json`; asked for rarely, kept), or the keys themselves. */
  readonly jwks: URL | JSONWebKeySet;
  /** The schedule a request needs a pass for; null lets it through. */
  readonly scheduleOf: string | ((ctx: Context) => string | null);
  /** Default: the system's. Epoch milliseconds. */
  readonly now?: () => number;
}

/** Whose pass it was: at `ctx.state.waitingPass`. */
export interface WaitingPass {
  readonly userId: string;
  readonly scheduleId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const claims = z.object({ sub: z.string(), schedule: z.string(), exp: z.number() });

const passIn = (ctx: Context): string => {
  const own = ctx.get('waiting-pass');
  return own === '' ? ctx.get('authorization').replace(/^Bearer /i, '') : own;
};

/** In the words a reader understands; `about:blank`, since the pages of Doorbuster are not those of this service. */
const answer = (
  ctx: Context,
  problem: { readonly status: number; readonly code: string; readonly scheduleId?: string },
  words: Readonly<Record<Language, readonly [title: string, detail: string]>>,
): void => {
  const [title, detail] = words[preferredLanguage(ctx.get('accept-language') || undefined)];
  ctx.status = problem.status;
  ctx.body = JSON.stringify({ type: 'about:blank', title, detail, ...problem });
  ctx.type = 'application/problem+json';
};

const refuse = (ctx: Context, scheduleId: string): void =>
  answer(
    ctx,
    { status: 403, code: 'WAITING_REQUIRED', scheduleId },
    {
      en: [
        'Waiting required',
        'A valid pass of the waiting room is needed: join it, and come back when it is your turn.',
      ],
      ko: ['대기 필요', '유효한 대기열 통과증이 필요합니다. 대기열에 들어간 뒤 순서가 되면 다시 요청하세요.'],
    },
  );

const sendAgain = (ctx: Context): void => {
  ctx.set('Retry-After', '1');
  answer(
    ctx,
    { status: 503, code: 'UNAVAILABLE' },
    {
      en: [
        'Service unavailable',
        'Your pass cannot be verified just now; it is as good as it was. Try again in a moment.',
      ],
      ko: ['사용 불가', '지금은 통과증을 확인할 수 없습니다. 통과증은 그대로 유효하니 잠시 후 다시 시도하세요.'],
    },
  );
};

/**
 * For other services, in front of what is sold: lets only holders of a valid pass through, verified offline; 403 for
 * everybody else. The pass comes in the header `Waiting-Pass`, or as a bearer token. While the keys cannot be had, a pass
 * that needs one not yet known is answered 503 with `Retry-After`; the others go on.
 */
export const waitingPass = ({ jwks, scheduleOf, now = Date.now }: WaitingPassOptions): Middleware => {
  const keys = passVerificationKeys(jwks);
  const read = async (pass: string): Promise<WaitingPass | 'Unverifiable' | null> => {
    try {
      const rules = { issuer: 'doorbuster', algorithms: ['ES256'], currentDate: new Date(now()) };
      const { payload } = await jwtVerify(pass, keys, rules);
      const { sub, schedule, exp } = claims.parse(payload);
      return { userId: sub, scheduleId: schedule, expiresAt: exp * 1_000 };
    } catch (error) {
      if (error instanceof KeysUnavailable) return 'Unverifiable';
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  };
  return async (ctx, next) => {
    const scheduleId = typeof scheduleOf === 'string' ? scheduleOf : scheduleOf(ctx);
    if (scheduleId === null) return next();
    const found = await read(passIn(ctx));
    if (found === 'Unverifiable') return sendAgain(ctx);
    if (found?.scheduleId !== scheduleId) return refuse(ctx, scheduleId);
    ctx.state['waitingPass'] = found;
    return next();
  };
};
