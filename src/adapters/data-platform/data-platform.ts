import CircuitBreaker from 'opossum';
import { either as E } from 'fp-ts';
import { request } from 'undici';
import { type DataPlatform, type StatusChange } from '../../application/ports/data-platform.js';

export interface DataPlatformOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** How long the breaker refuses before it lets a call through. Default 5 s. */
  readonly resetMs?: number;
  readonly onOpen?: (isOpen: boolean) => void;
}

export interface DataPlatformClient extends DataPlatform {
  readonly close: () => void;
}

class Unavailable extends Error {}

/** Answers that are about the address, who sends, or the moment, and not about what was told. */
const NOT_ABOUT_THE_CHANGE: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 408, 425, 429]);
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && !NOT_ABOUT_THE_CHANGE.has(status);

/** Posts each change with its key, and follows no redirect; opens above half of the calls failing, and spares the receiver for a while. */
export const dataPlatform = ({ url, timeoutMs, resetMs = 5_000, onOpen }: DataPlatformOptions): DataPlatformClient => {
  const post = async ({ idempotencyKey, at, ...change }: StatusChange): Promise<E.Either<'Refused', void>> => {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-idempotency-key': idempotencyKey },
      body: JSON.stringify({ ...change, occurredAt: new Date(at).toISOString() }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body.dump();
    const { statusCode: status } = response;
    if (status >= 200 && status < 300) return E.right(undefined);
    if (isRefusal(status)) return E.left('Refused');
    throw new Unavailable(String(status));
  };
  const circuit = new CircuitBreaker(post, {
    timeout: false,
    resetTimeout: resetMs,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    rollingPercentilesEnabled: false,
  });
  circuit.on('open', () => onOpen?.(true));
  circuit.on('halfOpen', () => onOpen?.(false));
  circuit.on('close', () => onOpen?.(false));
  return {
    tell: (change) => async () => {
      try {
        return await circuit.fire(change);
      } catch {
        return E.left('DataPlatformUnavailable');
      }
    },
    close: () => circuit.shutdown(),
  };
};
