import { option as O } from 'fp-ts';
import { isCouponEvent } from '../../coupon/coupon-aggregate.js';
import { couponStream } from '../../coupon/coupon-streams.js';
import { couponsView } from '../../coupon/coupons.js';
import { type AdmissionGate } from '../../ports/admission-gate.js';
import { type EventStore } from '../../ports/event-store.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { orAway } from '../../kernel/audit/away.js';

export interface ReconcileCouponPorts {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly readModels: ReadModels;
  readonly gate: Pick<AdmissionGate, 'inspect'>;
}

interface Claim {
  readonly by: string;
  readonly revision: number;
  readonly quantity: number;
  readonly issued: number;
  readonly remedy: Finding['remedy'];
}

const PAGE = 1_000;

/**
 * What gate and view claim of a coupon, held against the events at the very revision they claim it of: so it is exact
 * though the sale goes on. For `unlessAway`.
 */
export const reconcileCoupon =
  ({ eventStore, readModels, gate }: ReconcileCouponPorts) =>
  async (couponId: string): Promise<ReadonlyArray<Finding>> => {
    // Claims first: the events read afterwards reach at least as far.
    const held = await orAway(gate.inspect(couponId));
    const shown = await orAway(liveReader(readModels).get(couponsView, couponId));
    const claims: Claim[] = [
      ...(O.isSome(held)
        ? [{ ...held.value, by: 'the gate', remedy: { action: 'DROP_GATE', couponId } as const }]
        : []),
      ...(O.isSome(shown)
        ? [{ ...shown.value, by: 'the view', remedy: { action: 'REBUILD_VIEW', view: couponsView.name } as const }]
        : []),
    ];

    const findings: Finding[] = [];
    let quantity = 0;
    let issued = 0;
    let revision = -1;
    let gap: string | null = null;
    for (;;) {
      const page = await orAway(eventStore.readStream(couponStream(couponId), revision + 1, PAGE));
      for (const recorded of page) {
        if (recorded.revision !== revision + 1) gap ??= `after event ${revision} comes ${recorded.revision}`;
        revision = recorded.revision;
        if (!isCouponEvent(recorded.event)) continue;
        if ('quantity' in recorded.event) quantity = recorded.event.quantity;
        if (recorded.event.type === 'CouponIssued' && recorded.event.place !== ++issued)
          gap ??= `number ${issued} has place ${recorded.event.place}`;
        for (const claim of claims)
          if (claim.revision === revision && (claim.quantity !== quantity || claim.issued !== issued))
            findings.push({
              kind: 'STOCK_MISMATCH',
              subject: couponId,
              detail: `${claim.by} says ${claim.issued} of ${claim.quantity}, the events ${issued} of ${quantity}, at event ${revision}`,
              remedy: claim.remedy,
            });
      }
      if (page.length < PAGE) break;
    }
    if (gap !== null)
      findings.push({ kind: 'SEQUENCE_GAP', subject: couponId, detail: gap, remedy: { action: 'NONE' } });
    for (const claim of claims)
      if (claim.revision > revision)
        findings.push({
          kind: 'SEQUENCE_GAP',
          subject: couponId,
          detail: `${claim.by} has seen event ${claim.revision}, the last there is is ${revision}`,
          remedy: claim.remedy,
        });
    return findings;
  };
