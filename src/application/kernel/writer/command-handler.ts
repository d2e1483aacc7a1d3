import { type taskEither as TE } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';
import { type EventBody } from '../../ports/event-store.js';
import { type Aggregate } from './aggregate.js';
import { type LoadAggregatePorts } from './load-aggregate.js';
import { type AsKnown, type Handled, type HandlingError, loadDecideAppend } from './load-decide-append.js';
import { type Ports } from '../../ports/ports.js';

export type CommandHandlerPorts = LoadAggregatePorts & Pick<Ports, 'ids'>;

/** What becomes of one command, traced by the request that led to it. */
export type CommandHandler<State, Command, Event, Rejection> = (
  command: Command,
  correlationId: string,
  known?: AsKnown<State>,
) => TE.TaskEither<HandlingError<Rejection>, Handled<State, Event>>;

/**
 * Carries out the commands of an aggregate whose rule knows a repeated command by itself. Event ids are of the call
 * alone: of two different commands none is taken for the other, and a repetition finds the events of the first.
 */
export const commandHandler =
  (ports: CommandHandlerPorts) =>
  <State, Command, Event extends EventBody, Rejection>(
    decider: Decider<State, Command, Event, Rejection>,
    aggregate: Aggregate<State, Event>,
    streamOf: (command: Command) => string,
  ): CommandHandler<State, Command, Event, Rejection> => {
    const handle = loadDecideAppend(ports)(decider, aggregate);
    return (command, correlationId, known) =>
      handle({ streamId: streamOf(command), command, known, commandId: ports.ids.next(), metadata: { correlationId } });
  };
