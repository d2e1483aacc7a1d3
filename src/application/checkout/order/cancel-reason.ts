import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { isSealed } from '../../../domain/sealed.js';
import { type PersonalData, type Subject } from '../../kernel/personal-data/personal-data.js';
import { termsOf } from '../drive/run.js';
import { type LoadOrder } from '../aggregates/load-order.js';

/** Shown as the reason if none was given, or if it was erased. */
const NO_REASON = 'none given';

const subjectOf = (userId: string, orderId: string): Subject => ({ userId, about: `order/${orderId}/reason` });

/** Why an order is cancelled, in somebody's own words: it may name a person, and is sealed for the user of the order. */
export const sealReason =
  ({ personalData, loadOrder }: { readonly personalData: PersonalData; readonly loadOrder: LoadOrder }) =>
  (orderId: string, reason: string): TE.TaskEither<'UNAVAILABLE', string> =>
    F.pipe(
      loadOrder(orderId),
      TE.map(({ state }) => termsOf(state)),
      TE.flatMap((terms): TE.TaskEither<string, string> =>
        terms === null || reason === NO_REASON
          ? TE.right(reason)
          : personalData.seal(subjectOf(terms.userId, orderId), reason),
      ),
      TE.mapLeft(() => 'UNAVAILABLE' as const),
    );

/** A reason as its reader sees it: decrypted; codes, and reasons written before they were sealed, unchanged. */
export const openReason =
  ({ open }: PersonalData) =>
  (userId: string, orderId: string, reason: string): TE.TaskEither<'PersonalDataUnavailable', string> =>
    isSealed(reason)
      ? TE.map((opened: O.Option<unknown>) =>
          O.isSome(opened) && typeof opened.value === 'string' ? opened.value : NO_REASON,
        )(open(subjectOf(userId, orderId), reason))
      : TE.right(reason);
