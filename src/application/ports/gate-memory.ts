import { type option as O, type taskEither as TE } from 'fp-ts';

/**
 * Whether the gate remembers every request it was told of. One that was wiped, restarted or out of reach for a while does
 * not: until that loss is repaired, `pending` and `requestOf` answer GateUnavailable where they would answer none, so that
 * nobody who was accepted is told he never asked.
 */
export interface GateMemory {
  /** None while nothing is missing; else a name for the loss there is to repair. Cheap: ask every second. */
  readonly loss: () => TE.TaskEither<'GateUnavailable', O.Option<string>>;
  /**
   * Everything accepted and not yet decided when `loss` was seen has since been given to `restore`. False: memory was
   * lost once more meanwhile, so ask for the loss and repair again.
   */
  readonly repaired: (loss: string) => TE.TaskEither<'GateUnavailable', boolean>;
}
