import { either as E, type taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { orderStream } from '../../checkout/aggregates/order-aggregate.js';
import { isCouponEvent } from '../../coupon/coupon-aggregate.js';
import { isCouponRejectionEvent } from '../../coupon/coupon-rejections-aggregate.js';
import { couponRejectionsStream, couponStream } from '../../coupon/coupon-streams.js';
import { type Check, type Verdict, verdictOf } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { replayStream } from '../../kernel/audit/replay.js';
import { canonicalEvent, leafOfEvent } from '../../kernel/history/history-chain.js';
import { type Digest, merkleTree } from '../../kernel/history/merkle-tree.js';
import { isGenuine, isSignedBy, parseReceipt } from '../../kernel/history/receipt.js';
import { iso } from '../../kernel/iso.js';
import { REJECTIONS_KEPT_SECONDS } from '../../kernel/writer/rejected-requests.js';
import { BEGINNING, type EventStore, type RecordedEvent } from '../../ports/event-store.js';
import { type Clock } from '../../ports/ports.js';
import { type Promised } from '../../ports/signing-keys.js';
import { compareSealed, type Standing } from './compare-sealed.js';
import { endOf, type RecordedSeal, type SealedEventsPorts } from './end-of-seal.js';
import { type PublishedKey } from './published-seals.js';
import { recordedKeys } from './record-seal-keys.js';
import {
  type HistorySealed,
  isSealEvent,
  type Seal,
  SEAL_STREAM,
  SEALED_WITHIN_MS,
  SHOWN_DIGITS,
  signedText,
} from './seal.js';

/** Where an event stands in a seal. Path: the digests of RFC 6962 from below, each in base64url. */
interface Proof {
  readonly index: number;
  readonly path: ReadonlyArray<string>;
  readonly seal: Seal;
}

const SEALS = 50;
const BATCH = 500;

const sealOf = ({ type: _, leaves: __, end: ___, ...seal }: HistorySealed): Seal => seal;

/** The events of a seal as they were sealed; null where they are not as they were. */
const sealedLeaves = async (
  ports: SealedEventsPorts,
  seal: RecordedSeal,
  before: RecordedSeal | null,
): Promise<ReadonlyArray<Digest> | null> => {
  const end = before === null ? BEGINNING : await orAway(() => endOf(ports, before));
  const standing: Standing[] = [];
  for (let position = end; standing.length < seal.event.count;) {
    const batch = await orAway(ports.feed.read(position, { batchSize: BATCH }));
    for (const event of batch.events)
      if (event.streamId !== SEAL_STREAM) standing.push({ ...event, leaf: leafOfEvent(event) });
    if (batch.caughtUp) break;
    position = batch.position;
  }
  const compared = compareSealed(seal.revision, seal.event, standing);
  return compared.isAsSealed ? compared.leaves : null;
};

/**
 * Proofs that these events are in the history, by their ids. An event that is not sealed yet has none; nor has one of a seal
 * whose events are no longer as they were sealed. For `unlessAway`.
 */
const proveEvents = async (
  ports: SealedEventsPorts,
  events: ReadonlyArray<RecordedEvent>,
): Promise<ReadonlyMap<string, Proof>> => {
  const wanted = new Map(events.map((event) => [leafOfEvent(event).slice(0, SHOWN_DIGITS), event.id]));
  const proofs = new Map<string, Proof>();
  let before: RecordedSeal | null = null;
  for (let from = 0; proofs.size < wanted.size;) {
    const page: ReadonlyArray<RecordedEvent> = await orAway(ports.eventStore.readStream(SEAL_STREAM, from, SEALS));
    for (const { event, revision, position } of page) {
      if (!isSealEvent(event)) continue;
      const recorded = { event, revision, position };
      if (event.leaves.some((leaf) => wanted.has(leaf.slice(0, SHOWN_DIGITS)))) {
        const leaves = await sealedLeaves(ports, recorded, before);
        const { pathOf } = merkleTree(leaves ?? []);
        for (const [index, leaf] of (leaves ?? []).entries()) {
          const id = wanted.get(leaf.slice(0, SHOWN_DIGITS));
          const path = pathOf(index).map((digest) => Buffer.from(digest, 'hex').toString('base64url'));
          if (id !== undefined) proofs.set(id, { index, path, seal: sealOf(event) });
        }
      }
      before = recorded;
    }
    if (page.length < SEALS) break;
    from += page.length;
  }
  return proofs;
};

/** The event that keeps a promise, and what it says in words. */
interface Answer {
  readonly event: RecordedEvent;
  readonly detail: string;
}

type Asked = Extract<Promised, { readonly accepted: 'COUPON_REQUEST' }>;

const keyOf = ({ userId, requestId }: Pick<Asked, 'userId' | 'requestId'>): string => `${userId}/${requestId}`;

/** Of one coupon, whose events are read once for all who asked for it. */
const couponAnswers = async (
  eventStore: Pick<EventStore, 'readStream'>,
  couponId: string,
): Promise<(asked: Asked) => Answer | null> => {
  const [issued, rejected] = [new Map<string, Answer>(), new Map<string, Answer>()];
  await replayStream(eventStore, couponStream(couponId), (recorded) => {
    const { event } = recorded;
    if (isCouponEvent(event) && event.type === 'CouponIssued')
      issued.set(keyOf(event), { event: recorded, detail: `issued, place ${event.place}` });
  });
  await replayStream(eventStore, couponRejectionsStream(couponId), (recorded) => {
    const { event } = recorded;
    if (!isCouponRejectionEvent(event) || event.userId === null) return;
    const key = keyOf({ userId: event.userId, requestId: event.requestId });
    if (event.type === 'CouponRejectionWithdrawn') rejected.delete(key);
    else if (!rejected.has(key)) rejected.set(key, { event: recorded, detail: `rejected, ${event.code}` });
  });
  return (asked) => issued.get(keyOf(asked)) ?? rejected.get(keyOf(asked)) ?? null;
};

/** The answers to what was promised, in the same order; null where there is none. For `unlessAway`. */
const findAnswers = async (
  eventStore: Pick<EventStore, 'readStream'>,
  promises: ReadonlyArray<Promised>,
): Promise<ReadonlyArray<Answer | null>> => {
  const coupons = new Map<string, (asked: Asked) => Answer | null>();
  const answers: Array<Answer | null> = [];
  for (const promised of promises) {
    if (promised.accepted === 'ORDER') {
      let placed: RecordedEvent | null = null;
      await replayStream(eventStore, orderStream(promised.orderId), (recorded) => {
        if (recorded.event.type === 'OrderCreated') placed ??= recorded;
      });
      answers.push(placed && { event: placed, detail: 'the order stands' });
      continue;
    }
    const { couponId } = promised;
    const known = coupons.get(couponId) ?? (await couponAnswers(eventStore, couponId));
    coupons.set(couponId, known);
    answers.push(known(promised));
  }
  return answers;
};

export interface VerifyReceiptsPorts extends SealedEventsPorts {
  readonly clock: Pick<Clock, 'now'>;
  /** The keys to believe; those the history names where they are not given. */
  readonly keys?: ReadonlyArray<PublishedKey>;
}

export interface ReceiptVerified extends Verdict {
  readonly receipt: string;
  /** What it states; null for what is no receipt. */
  readonly promised: Promised | null;
  /** The answer as it is hashed, and its proof; null while there is none. */
  readonly event: string | null;
  readonly proof: Proof | null;
}

const Ids = z.object({ userId: z.string(), at: z.number() });
const Statement = z.discriminatedUnion('accepted', [
  Ids.extend({
    accepted: z.literal('COUPON_REQUEST'),
    couponId: z.string(),
    requestId: z.string(),
    topic: z.string(),
    partition: z.number(),
    offset: z.number(),
  }),
  Ids.extend({ accepted: z.literal('ORDER'), orderId: z.string(), total: z.number() }),
]);

interface Looked {
  readonly receipt: string;
  readonly promised: Promised | null;
  readonly signed: Check;
}

const SIGNED = 'it is signed by a key of this history';

const statementOf = (text: string): Promised | null => {
  try {
    return Statement.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

const look = (receipt: string, keys: ReadonlyMap<string, PublishedKey>): Looked => {
  const failed = (detail: string): Looked => ({ receipt, promised: null, signed: { name: SIGNED, ok: false, detail } });
  const parsed = parseReceipt(receipt);
  if (parsed === null) return failed('this is no receipt');
  const key = keys.get(parsed.keyId);
  if (key === undefined) return failed(`its key ${parsed.keyId} is not known here`);
  const promised = statementOf(parsed.statement);
  if (!isGenuine(parsed, key) || promised === null) return failed('its signature is not of its key');
  return { receipt, promised, signed: { name: SIGNED, ok: true, detail: parsed.keyId } };
};

const answered = (promised: Promised, answer: Answer | null, now: number): Check => {
  const name = 'what was accepted is answered';
  if (answer !== null) return { name, ok: true, detail: answer.detail };
  const isOld = promised.accepted === 'COUPON_REQUEST' && promised.at < now - REJECTIONS_KEPT_SECONDS * 1_000;
  return isOld
    ? { name, ok: true, detail: 'not issued; too old to tell why: rejections are kept for seven days' }
    : { name, ok: false, detail: `there is no answer to what was accepted at ${iso(promised.at)}` };
};

const sealed = ({ event }: Answer, proof: Proof | null, keys: ReadonlyMap<string, PublishedKey>): Check => {
  const name = 'the answer is sealed';
  if (proof !== null) {
    const { seal } = proof;
    const key = keys.get(seal.keyId);
    if (key === undefined) return { name, ok: false, detail: `the key ${seal.keyId} of its seal is not known here` };
    return isSignedBy(key, signedText(seal), seal.signature)
      ? { name, ok: true, detail: `by the seal of ${iso(seal.at)}` }
      : { name, ok: false, detail: 'the signature of its seal is not of its key' };
  }
  const due = iso(event.recordedAt + SEALED_WITHIN_MS);
  return { name, ok: true, detail: `not yet: it is to be sealed by ${due}, or when the server has less to do` };
};

/**
 * Compares receipts with the history: whether they are genuine, whether each has its answer, and the proof that the answer is
 * sealed. A receipt without an answer is a broken promise.
 */
export const verifyReceipts =
  ({ clock, keys: trusted, ...ports }: VerifyReceiptsPorts) =>
  (receipts: ReadonlyArray<string>): TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, ReadonlyArray<ReceiptVerified>> =>
    unlessAway<never, ReadonlyArray<ReceiptVerified>>(async () => {
      const recorded = trusted ?? (await orAway(() => recordedKeys(ports.eventStore)));
      const keys = new Map(recorded.map((key) => [key.keyId, key]));
      const looked = receipts.map((receipt) => look(receipt, keys));
      const genuine = looked.flatMap(({ promised }) => promised ?? []);
      const answers = new Map<Promised, Answer | null>();
      for (const [index, answer] of (await findAnswers(ports.eventStore, genuine)).entries()) {
        const promised = genuine[index];
        if (promised !== undefined) answers.set(promised, answer);
      }
      const proofs = await proveEvents(
        ports,
        [...answers.values()].flatMap((answer) => answer?.event ?? []),
      );
      return E.right(
        looked.map(({ receipt, promised, signed }) => {
          const answer = (promised && answers.get(promised)) ?? null;
          const proof = (answer && proofs.get(answer.event.id)) ?? null;
          const checks = [
            signed,
            ...(promised === null ? [] : [answered(promised, answer, clock.now())]),
            ...(answer === null ? [] : [sealed(answer, proof, keys)]),
          ];
          const event = answer && canonicalEvent(answer.event);
          return { ...verdictOf(checks), receipt, promised, event, proof };
        }),
      );
    });
