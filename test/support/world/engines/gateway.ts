import { either as E } from 'fp-ts';
import { type GuardedGateway } from '../../../../src/adapters/breaker/guarded-gateway.js';
import { type Ledger, type LedgerEntry, memoryLedger } from '../../../../src/adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../../../src/adapters/sandbox-pay/sandbox-pay.js';
import { type PaymentGateway } from '../../../../src/application/ports/payment-gateway.js';
import { type Member } from '../member.js';
import { doing, type Weather } from '../weather.js';

export interface Gateway {
  readonly gatewayOf: (member: Member) => GuardedGateway;
  /** What it has done with people's money. */
  readonly ledger: Ledger;
  /** Somebody gives back a charge in its own console: all of it, or a part. */
  readonly giveBackInConsole: () => void;
  /** Payments of which all was given back so. */
  readonly givenBack: ReadonlySet<string>;
  /** Charges what it has declined. */
  readonly chargeAfterAll: () => void;
  /** Of what was charged so it tells by its webhook, again and again. */
  readonly chargedAfterAll: ReadonlyArray<LedgerEntry>;
}

/** The sandbox, behind a network; of what was charged people give back some by hand, as they can with Naver Pay. */
export const simulatedGateway = (weather: Weather, server: Member): Gateway => {
  const { chance } = weather;
  const ledger = memoryLedger();
  const sandbox = sandboxPay({ clock: server.clock, ledger });
  const givenBack = new Set<string>();
  const inPart = new Set<string>();
  const chargedAfterAll: LedgerEntry[] = [];
  const any = (wanted: LedgerEntry['state']): LedgerEntry | undefined => {
    const found = ledger.all().filter(({ state }) => state === wanted);
    return found[chance.below(found.length)];
  };

  /** What was given back in part cannot pay any more: who asks about it before it has paid has the rest given back. */
  const inquire: PaymentGateway['inquire'] = (charge) => async () => {
    if (!inPart.has(charge.paymentId)) return sandbox.inquire(charge)();
    await sandbox.refund(charge, 'PartlyCanceled')();
    return E.right({ answer: 'Declined', code: 'PartlyCanceled' });
  };

  return {
    ledger,
    givenBack,
    giveBackInConsole: () => {
      const one = any('CHARGED');
      if (one === undefined) return;
      if (chance.happens(0.5)) return void inPart.add(one.paymentId);
      ledger.record({ ...one, state: 'REFUNDED' });
      givenBack.add(one.paymentId);
    },
    chargedAfterAll,
    chargeAfterAll: () => {
      const one = any('DECLINED');
      if (one === undefined) return;
      ledger.record({ ...one, state: 'CHARGED' });
      chargedAfterAll.push(one);
    },
    gatewayOf: (member) => {
      const failures = { away: 'GatewayUnavailable', unknown: 'GatewayOutcomeUnknown' } as const;
      type Answered<Name extends keyof PaymentGateway> = ReturnType<ReturnType<PaymentGateway[Name]>>;
      const through = async <A>(ask: () => Promise<A>) => {
        const asked = await doing(weather, member, failures, () => E.right(ask()))();
        return E.isLeft(asked) ? asked : asked.right;
      };
      return {
        approve: (charge) => () => through<Awaited<Answered<'approve'>>>(sandbox.approve(charge)),
        inquire: (charge) => () => through<Awaited<Answered<'inquire'>>>(inquire(charge)),
        refund: (charge, reason) => () => through<Awaited<Answered<'refund'>>>(sandbox.refund(charge, reason)),
        state: () => 'closed',
        close: () => undefined,
      };
    },
  };
};
