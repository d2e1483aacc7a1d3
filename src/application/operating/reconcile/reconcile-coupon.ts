import { option as O } from 'fp-ts';
import { couponStream, isCouponEvent } from '../../coupon/coupon-aggregate.js';
import { couponsView } from '../../coupon/coupons.js';
import { type AdmissionGate } from '../../ports/admission-gate.js';
import { type EventStore } from '../../ports/event-store.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { orAway } from '../../kernel/audit/away.js';
import { replayStream } from '../../kernel/audit/replay.js';

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
    const gaps: string[] = [];
    await replayStream(eventStore)(couponStream(couponId), isCouponEvent, ({ event, revision: next }) => {
      if (next !== revision + 1) gaps.push(`after event ${revision} comes ${next}`);
      revision = next;
      if ('quantity' in event) quantity = event.quantity;
      if (event.type === 'CouponIssued' && event.place !== ++issued)
        gaps.push(`number ${issued} has place ${event.place}`);
      for (const claim of claims)
        if (claim.revision === revision && (claim.quantity !== quantity || claim.issued !== issued))
          findings.push({
            kind: 'STOCK_MISMATCH',
            subject: couponId,
            detail: `${claim.by} says ${claim.issued} of ${claim.quantity}, the events ${issued} of ${quantity}, at event ${revision}`,
            remedy: claim.remedy,
          });
    });
    const [gap] = gaps;
    if (gap !== undefined)
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
