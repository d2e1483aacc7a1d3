import { either as E, type taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { jsonOf } from '../../kernel/json-of.js';
import { type Check, type Verdict, verdictOf } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { canonicalEvent } from '../../kernel/history/history-chain.js';
import { type Promised } from '../../kernel/history/issue-receipts.js';
import { isGenuine, isSignedBy, parseReceipt } from '../../kernel/history/receipt.js';
import { iso } from '../../kernel/iso.js';
import { REJECTIONS_KEPT_SECONDS } from '../../kernel/writer/rejected-requests.js';
import { type Clock } from '../../ports/clock.js';
import { type Position } from '../../ports/event-store.js';
import { type SealedEventsPorts } from './end-of-seal.js';
import { type PublishedKey } from './published-seals.js';
import { recordedKeys } from './record-seal-keys.js';
import { SEALED_WITHIN_MS, signedText } from './seal.js';
import { type Proof, proveEvents } from './prove-events.js';
import { type Answer, findAnswers } from './find-answers.js';

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

const look = (receipt: string, keys: ReadonlyMap<string, PublishedKey>): Looked => {
  const failed = (detail: string): Looked => ({ receipt, promised: null, signed: { name: SIGNED, ok: false, detail } });
  const parsed = parseReceipt(receipt);
  if (parsed === null) return failed('this is no receipt');
  const key = keys.get(parsed.keyId);
  if (key === undefined) return failed(`its key ${parsed.keyId} is not known here`);
  const promised = Statement.safeParse(jsonOf(parsed.statement)).data ?? null;
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

const sealed = (
  { event }: Answer,
  proof: Proof | null,
  sealedUpTo: Position,
  keys: ReadonlyMap<string, PublishedKey>,
): Check => {
  const name = 'the answer is sealed';
  if (proof !== null) {
    const { seal } = proof;
    const key = keys.get(seal.keyId);
    if (key === undefined) return { name, ok: false, detail: `the key ${seal.keyId} of its seal is not known here` };
    return isSignedBy(key, signedText(seal), seal.signature)
      ? { name, ok: true, detail: `by the seal of ${iso(seal.at)}` }
      : { name, ok: false, detail: 'the signature of its seal is not of its key' };
  }
  if (event.position <= sealedUpTo)
    return { name, ok: false, detail: 'no seal proves it, though later events are sealed: verify history says why' };
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
      const { proofs, sealedUpTo } = await proveEvents(
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
            ...(answer === null ? [] : [sealed(answer, proof, sealedUpTo, keys)]),
          ];
          const event = answer && canonicalEvent(answer.event);
          return { ...verdictOf(checks), receipt, promised, event, proof };
        }),
      );
    });
