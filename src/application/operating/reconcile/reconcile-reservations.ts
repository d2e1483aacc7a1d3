import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { readAtHead } from '../../kernel/projection/read-at-head.js';
import { mayAnswer } from '../../coupon/coupon-aggregate.js';
import { answeringIds, couponOutcomes } from '../../coupon/coupon-outcomes.js';
import { type IsSetAside, type SetAside } from '../../coupon/set-aside.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../kernel/messaging/topics.js';
import { seeUndecided, type UndecidedPorts } from '../../kernel/messaging/undecided.js';
import { type Admission, type AdmissionGate } from '../../ports/admission-gate.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { type ListParkedStreams } from '../../kernel/audit/parked.js';
import { type LoadAggregatePorts } from '../../kernel/writer/load-aggregate.js';
import { orAway } from '../../kernel/audit/away.js';
import { type Ports } from '../../ports/ports.js';

export interface ReconcileReservationsPorts extends Pick<Ports, 'readModels' | 'feed' | 'clock'>, LoadAggregatePorts {
  readonly gate: Pick<AdmissionGate, 'pendingSince'>;
  readonly messageLog: UndecidedPorts;
  readonly setAside: SetAside;
  readonly listParkedStreams: ListParkedStreams;
}

/** Long after every publish has ended, one way or the other. */
const LEAKED_AFTER_MS = 30_000;
const MOST = 10_000;

/** The requests that stand in the log and wait for their decision. */
const waiting = async ({ messageLog }: ReconcileReservationsPorts): Promise<ReadonlySet<string>> => {
  const requests = new Set<string>();
  const look = seeUndecided(messageLog)(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP, (messages) => {
    for (const { key, headers } of messages)
      requests.add(`${key}/${headers['user-id'] ?? ''}/${headers['request-id']}`);
    return Promise.resolve(E.right(true));
  });
  await orAway(look);
  return requests;
};

/** Known once for all requests, and only where it is asked for. */
const asking = (ask: SetAside) => {
  let known: Promise<IsSetAside> | undefined;
  return async (request: Admission): Promise<boolean> => orAway((await (known ??= orAway(ask)))(request));
};

/**
 * Places held for longer than half a minute for a request that neither waits in the log nor is set aside nor was decided, as far as its
 * streams can be read; and places still held though it was. For `unlessAway`.
 */
export const reconcileReservations = async (ports: ReconcileReservationsPorts): Promise<ReadonlyArray<Finding>> => {
  const held = await orAway(ports.gate.pendingSince(ports.clock.now() - LEAKED_AFTER_MS, MOST)).then(
    ({ items }) => items,
  );
  if (held.length === 0) return [];
  const setAside = asking(ports.setAside);
  const inLog = await waiting(ports);
  const parked = await orAway(ports.listParkedStreams);
  const reader = liveReader(ports.readModels);
  const findings: Finding[] = [];
  for (const { couponId, userId, requestId, at } of held) {
    // A message of an older version does not name its user in the headers: it may be this one's.
    if ([userId, ''].some((user) => inLog.has(`${couponId}/${user}/${requestId}`))) continue;
    const answers = F.pipe(
      reader.getMany(couponOutcomes, answeringIds(couponId, { asks: 'ISSUE', userId }, requestId)),
      TE.map((each) => each.find(O.isSome) ?? O.none),
    );
    const isDecided = O.isSome(
      await orAway(readAtHead(ports)(couponOutcomes, answers, { isEnough: O.isSome, mayLack: () => false })),
    );
    // That it is passed over is a finding of its own.
    if (!isDecided && parked.some(({ streamId }) => mayAnswer(streamId, couponId))) continue;
    if (!isDecided && (await setAside({ couponId, userId, requestId, at }))) continue;
    const since = new Date(at).toISOString();
    findings.push({
      kind: 'LEAKED_RESERVATION',
      subject: requestId,
      detail: isDecided
        ? `the gate holds a place of ${couponId} for ${userId} since ${since}, though the request is decided`
        : `the gate holds a place of ${couponId} for ${userId} since ${since}, and the request is nowhere`,
      remedy: isDecided ? { action: 'DROP_GATE', couponId } : { action: 'VOID', couponId, userId, requestId },
    });
  }
  return findings;
};
