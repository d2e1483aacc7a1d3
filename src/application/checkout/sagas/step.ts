import { either as E, type taskEither as TE } from 'fp-ts';
import { type ReachedLimit } from '../../../domain/stock/purchase-limits.js';
import { type HandlingError } from '../../kernel/writer/load-decide-append.js';
import { type AskStockError } from '../stock/ask-stock.js';

export type StepName =
  | 'SETTLE_PAYMENT'
  | 'DEDUCT_STOCK'
  | 'DEDUCT_POINTS'
  | 'CREATE_DELIVERY'
  | 'CONFIRM_ORDER'
  | 'COMPLETE_VISIT'
  | 'RESTORE_STOCK'
  | 'RETURN_POINTS'
  | 'RESTORE_COUPON'
  | 'CANCEL_DELIVERY'
  | 'SHIP_DELIVERY'
  | 'COMPLETE_DELIVERY';

/** Why a step did not come through. Wait: an engine is away, the step stands. Failed: decided, and against us. */
export type StepError =
  | { readonly step: StepName; readonly kind: 'Wait'; readonly reason: string }
  | { readonly step: StepName; readonly kind: 'Failed'; readonly reason: string };

/** One step of what an order entails; repeating it changes nothing. */
export type Step = TE.TaskEither<StepError, void>;

export const waits = (step: StepName, reason: string): E.Either<StepError, never> =>
  E.left({ step, kind: 'Wait', reason });
export const fails = (step: StepName, reason: string): E.Either<StepError, never> =>
  E.left({ step, kind: 'Failed', reason });
export const done: E.Either<StepError, void> = E.right(undefined);

/** A command on an aggregate as a step. */
export const handled =
  (step: StepName, work: TE.TaskEither<HandlingError<string>, unknown>): Step =>
  async () => {
    const answer = await work();
    if (E.isRight(answer)) return done;
    const { left } = answer;
    return left.error === 'Rejected' ? fails(step, left.rejection) : waits(step, left.error);
  };

export const askedOf = (step: StepName, error: AskStockError<string | ReachedLimit>): E.Either<StepError, never> => {
  switch (error.code) {
    case 'REJECTED':
      return fails(step, typeof error.rejection === 'string' ? error.rejection : error.rejection.reason);
    case 'UNPROCESSABLE':
      return fails(step, error.code);
    case 'OVERLOADED':
    case 'UNAVAILABLE':
    case 'OUTCOME_UNKNOWN':
      return waits(step, error.code);
  }
};

/** All side by side; of several errors one that has to be waited for first, for the others may be its consequence. */
export const together =
  (steps: ReadonlyArray<Step>): Step =>
  async () => {
    const errors = (await Promise.all(steps.map((step) => step()))).filter(E.isLeft);
    return errors.find(({ left }) => left.kind === 'Wait') ?? errors[0] ?? done;
  };
