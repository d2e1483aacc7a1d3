import { either as E, type taskEither as TE } from 'fp-ts';
import { request } from 'undici';
import { z } from 'zod';
import { type GatewayError } from '../../application/ports/payment-gateway.js';

export interface NaverPayOptions {
  /** With the partner's path: `https://apis.naver.com/{partnerId}`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the merchant's shop, where it has several. */
  readonly chainId?: string;
  readonly timeoutMs: number;
}

const answer = z.object({ code: z.string(), message: z.string().optional(), body: z.unknown().optional() });
export type NaverPayAnswer = z.infer<typeof answer>;

interface Call {
  readonly path: string;
  readonly idempotencyKey: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Errors of undici and of the socket by which nothing can have arrived. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Turned away at the door, because of who calls or how often: nothing was tried. */
const TURNED_AWAY = new Set([401, 403, 429]);

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const headersOf = ({ clientId, clientSecret, chainId }: NaverPayOptions, idempotencyKey: string) => ({
  'X-Naver-Client-Id': clientId,
  'X-Naver-Client-Secret': clientSecret,
  ...(chainId !== undefined && { 'X-NaverPay-Chain-Id': chainId }),
  'X-NaverPay-Idempotency-Key': idempotencyKey,
  'Content-Type': 'application/x-www-form-urlencoded',
});

/**
 * One call and its answer, whatever it says. Naver Pay answers with status 200. Any other status, a broken connection and silence
 * leave the outcome unknown, unless it is known that nothing was tried.
 */
export const callNaverPay =
  (options: NaverPayOptions) =>
  ({ path, idempotencyKey, form }: Call): TE.TaskEither<GatewayError, NaverPayAnswer> =>
  async () => {
    const { url, timeoutMs } = options;
    try {
      const response = await request(`${url.replace(/\/$/, '')}/naverpay/payments/${path}`, {
        method: 'POST',
        headers: headersOf(options, idempotencyKey),
        body: new URLSearchParams(form).toString(),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.statusCode !== 200) {
        await response.body.dump();
        return E.left(TURNED_AWAY.has(response.statusCode) ? 'GatewayUnavailable' : 'GatewayOutcomeUnknown');
      }
      const body: unknown = await response.body.json();
      const parsed = answer.safeParse(body);
      return parsed.success ? E.right(parsed.data) : E.left('GatewayOutcomeUnknown');
    } catch (error) {
      return E.left(NEVER_SENT.has(codeOf(error)) ? 'GatewayUnavailable' : 'GatewayOutcomeUnknown');
    }
  };
