import { either as E } from 'fp-ts';
import {
  type Charge,
  type GatewayAnswer,
  type GatewayInquiry,
  type PaymentGateway,
} from '../../application/ports/payment-gateway.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Ledger, type LedgerEntry } from './ledger.js';

/** How the sandbox treats a charge. */
interface Behaviour {
  readonly declines: boolean;
  /** Charges, and then says nothing in time. */
  readonly timesOut: boolean;
  /** Says nothing, and has not charged either. */
  readonly getsLost: boolean;
  readonly delayMs: number;
}

interface Rates {
  /** Shares of all charges, 0 to 1, of those whose number does not say otherwise. */
  readonly decline: number;
  readonly timeOut: number;
}

const DELAY = /^delay-(\d{1,5})/;

/** A number between 0 and 1 that is always the same for a text (FNV-1a), so that a repetition fares as the first time. */
const shareOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash / 2 ** 32;
};

/** By the beginning of the gateway's payment number: `decline-`, `timeout-`, `lost-`, `delay-500-`; else by the rates. */
const behaviourOf = (gatewayPaymentId: string, { decline, timeOut }: Rates): Behaviour => {
  const well = { declines: false, timesOut: false, getsLost: false, delayMs: 0 };
  if (gatewayPaymentId.startsWith('ok-')) return well;
  if (gatewayPaymentId.startsWith('decline-')) return { ...well, declines: true };
  if (gatewayPaymentId.startsWith('timeout-')) return { ...well, timesOut: true };
  if (gatewayPaymentId.startsWith('lost-')) return { ...well, getsLost: true };
  const delay = DELAY.exec(gatewayPaymentId)?.[1];
  if (delay !== undefined) return { ...well, delayMs: Number(delay) };
  const share = shareOf(gatewayPaymentId);
  return { ...well, declines: share < decline, timesOut: share >= decline && share < decline + timeOut };
};

export interface SandboxPayOptions {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly rates?: Rates;
  /** How long it keeps the caller waiting before it times out. Default 100 ms. */
  readonly timeoutMs?: number;
}

const NONE: Rates = { decline: 0, timeOut: 0 };

const declined = (code: string): GatewayAnswer => ({ answer: 'Declined', code });

/** What it did, held against what is asked. */
const answerTo = ({ state, amount, gatewayPaymentId }: LedgerEntry, asked: Charge): GatewayAnswer => {
  if (state === 'DECLINED') return declined('SANDBOX_DECLINED');
  if (state === 'REFUNDED') return declined('SANDBOX_REFUNDED');
  const isSame = amount === asked.amount && gatewayPaymentId === asked.gatewayPaymentId;
  return isSame ? { answer: 'Approved', code: 'SANDBOX' } : declined('SANDBOX_OTHER_CHARGE');
};

/**
 * A gateway that moves no money and can do to us whatever a real one can: decline, be late, charge and say nothing,
 * lose the call, be told twice. What it does to a payment is known by its number, so a repetition fares as the first time;
 * but asked again after it timed out, it answers.
 */
export const sandboxPay = ({ clock, ledger, rates = NONE, timeoutMs = 100 }: SandboxPayOptions): PaymentGateway => {
  const after = (ms: number): Promise<void> =>
    ms === 0 ? Promise.resolve() : new Promise((resolve) => void clock.wakeIn(ms, resolve));
  const lostOnce = new Set<string>();

  const charge = ({ paymentId, gatewayPaymentId, amount }: Charge, declines: boolean): LedgerEntry => {
    const entry: LedgerEntry = { paymentId, gatewayPaymentId, amount, state: declines ? 'DECLINED' : 'CHARGED' };
    ledger.record(entry);
    return entry;
  };

  return {
    approve: (asked) => async () => {
      const known = ledger.find(asked.paymentId);
      if (known !== undefined) return E.right(answerTo(known, asked));
      const { declines, timesOut, getsLost, delayMs } = behaviourOf(asked.gatewayPaymentId, rates);
      if (getsLost && !lostOnce.has(asked.paymentId)) {
        lostOnce.add(asked.paymentId);
        await after(timeoutMs);
        return E.left('GatewayOutcomeUnknown');
      }
      await after(delayMs);
      const before = ledger.findByNumber(asked.gatewayPaymentId);
      // Whatever it was charged for, it is not charged for another payment too.
      if (before !== undefined && before.paymentId !== asked.paymentId) return E.right(declined('SANDBOX_USED'));
      const charged = ledger.find(asked.paymentId) ?? charge(asked, declines);
      if (!timesOut) return E.right(answerTo(charged, asked));
      await after(timeoutMs);
      return E.left('GatewayOutcomeUnknown');
    },
    inquire: (asked) => async () => {
      const known = ledger.find(asked.paymentId);
      const answer: GatewayInquiry =
        known === undefined ? { answer: 'NotCharged', code: 'SANDBOX_UNKNOWN' } : answerTo(known, asked);
      return E.right(answer);
    },
    refund:
      ({ paymentId }) =>
      async () => {
        const known = ledger.find(paymentId);
        if (known === undefined || known.state === 'DECLINED')
          return E.right({ answer: 'Declined', code: 'SANDBOX_NOT_CHARGED' });
        if (known.state === 'CHARGED') ledger.record({ ...known, state: 'REFUNDED' });
        return E.right({ answer: 'Approved', code: 'SANDBOX' });
      },
  };
};
