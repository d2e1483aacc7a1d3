import { either as E, type taskEither as TE } from 'fp-ts';
import { failure, loadDecideAppend } from '../../kernel/writer/load-decide-append.js';
import { type LoadAggregatePorts } from '../../kernel/writer/load-aggregate.js';
import { awaitCheckpoint } from '../../kernel/projection/await-checkpoint.js';
import { deadLetterAggregate, deadLetterDecider, type DeadLetterRejection } from './dead-letter.js';
import { deadLetterStream } from './dead-letter-events.js';
import { deadLettersView } from './dead-letters-view.js';
import { type Ports } from '../../ports/ports.js';
import { type ByOperator } from '../../kernel/by-operator.js';

export type OperateDeadLetterPorts = LoadAggregatePorts & Pick<Ports, 'clock' | 'ids' | 'readModels'>;

export type OperateDeadLetterError =
  | { readonly code: DeadLetterRejection }
  /** Nothing was recorded: try again. */
  | { readonly code: 'UNAVAILABLE' }
  /** It may be recorded: look at the dead letter. */
  | { readonly code: 'OUTCOME_UNKNOWN' };

/** Queries see it soon; an operator who looks at once should, too. */
const VISIBLE_WITHIN_MS = 2_000;

export const recordFate =
  (ports: OperateDeadLetterPorts) =>
  (
    type: 'DeadLetterReplayed' | 'DeadLetterDiscarded',
    deadLetterId: string,
    { actor, reason, correlationId }: ByOperator,
  ): TE.TaskEither<OperateDeadLetterError, void> =>
  async () => {
    const handled = await loadDecideAppend(ports)(deadLetterDecider, deadLetterAggregate)({
      streamId: deadLetterStream(deadLetterId),
      command: { type, deadLetterId, actor, reason, at: ports.clock.now() },
      commandId: ports.ids.next(),
      metadata: { correlationId },
    })();
    if (E.isLeft(handled)) return E.left(failure(handled.left, {}));
    const { position } = handled.right;
    await awaitCheckpoint(ports)({ view: deadLettersView, position, waitMs: VISIBLE_WITHIN_MS })();
    return E.right(undefined);
  };

/** Gives a dead letter up, for a reason that is kept. Discarding it again changes nothing. */
export type DiscardDeadLetter = (id: string, by: ByOperator) => TE.TaskEither<OperateDeadLetterError, void>;

export const discardDeadLetter =
  (ports: OperateDeadLetterPorts): DiscardDeadLetter =>
  (id, by) =>
    recordFate(ports)('DeadLetterDiscarded', id, by);
