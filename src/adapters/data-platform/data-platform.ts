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

/** What asking again may still mend: the receiver's own faults, and being asked too much or too early. */
const mayPass = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

/** Posts each change with its key; opens above half of the calls failing, and spares the receiver for a while. */
export const dataPlatform = ({ url, timeoutMs, resetMs = 5_000, onOpen }: DataPlatformOptions): DataPlatformClient => {
  const post = async ({ idempotencyKey, at, ...change }: StatusChange): Promise<number> => {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-idempotency-key': idempotencyKey },
      body: JSON.stringify({ ...change, occurredAt: new Date(at).toISOString() }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body.dump();
    if (mayPass(response.statusCode)) throw new Unavailable(String(response.statusCode));
    return response.statusCode;
  };
  const circuit = new CircuitBreaker(post, {
    timeout: false,
    resetTimeout: resetMs,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    rollingPercentilesEnabled: false,
  });
  circuit.on('open', () => onOpen?.(true));
  circuit.on('close', () => onOpen?.(false));
  return {
    tell: (change) => async () => {
      try {
        const status = await circuit.fire(change);
        return status < 400 ? E.right(undefined) : E.left('Refused');
      } catch {
        return E.left('DataPlatformUnavailable');
      }
    },
    close: () => circuit.shutdown(),
  };
};
