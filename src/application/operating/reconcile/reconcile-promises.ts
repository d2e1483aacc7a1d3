import { option as O } from 'fp-ts';
import { requestIn } from '../../coupon/audit/coupon-history.js';
import { auditCoupon } from '../../coupon/audit/verify-coupon.js';
import { answeringIds, couponOutcomes } from '../../coupon/coupon-outcomes.js';
import { orAway } from '../../kernel/audit/away.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { findingsOf } from '../../kernel/audit/parked.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../kernel/messaging/topics.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type AuditPorts } from '../../kernel/audit/audit.js';
import { type Ports } from '../../ports/ports.js';
import { auditRoom } from '../../waiting-room/audit/verify-schedule.js';
import { readWaitingRooms } from '../../waiting-room/read-waiting-rooms.js';

type ReconcilePorts = AuditPorts & Pick<Ports, 'readModels'>;

const PAGE = 500;

/** Coupons of which a request stands in the log, decided, and no view shows its answer: of each the events are asked. */
const couponsToLookAt = async ({ messageLog, readModels }: ReconcilePorts): Promise<ReadonlySet<string>> => {
  const reader = liveReader(readModels);
  const suspects = new Set<string>();
  for (const { partition, committed } of await orAway(messageLog.lag(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP)))
    for (let offset = 0; offset < committed;) {
      const page = await orAway(messageLog.read({ topic: COUPON_ISSUE_REQUESTS, partition, offset }, PAGE));
      const last = page.at(-1);
      if (last === undefined) break;
      const asked = page.flatMap((message) => {
        const request = message.offset < committed && !suspects.has(message.key) ? requestIn(message) : null;
        if (request === null || request === 'Nobody') return [];
        return [{ couponId: message.key, ids: answeringIds(message.key, request.asker, request.requestId) }];
      });
      const documents = await orAway(
        reader.getMany(
          couponOutcomes,
          asked.flatMap(({ ids }) => ids),
        ),
      );
      let next = 0;
      for (const { couponId, ids } of asked) {
        const answers = documents.slice(next, (next += ids.length));
        if (!answers.some(O.isSome)) suspects.add(couponId);
      }
      offset = last.offset + 1;
    }
  return suspects;
};

/** Coupons that somebody was promised an answer about and got none, with whatever else is wrong with them. For `unlessAway`. */
export const reconcileAnswers = async (ports: ReconcilePorts): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  for (const couponId of await couponsToLookAt(ports))
    findings.push(...(await findingsOf(couponId, auditCoupon(ports)(couponId))));
  return findings;
};

/** Waiting rooms that were not fair, or did not keep somebody's place as long as they were told. For `unlessAway`. */
export const reconcileRooms = async (ports: ReconcilePorts): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  for (const { scheduleId } of await orAway(readWaitingRooms(ports.readModels).schedules()))
    findings.push(...(await findingsOf(scheduleId, auditRoom(ports)(scheduleId))));
  return findings;
};
