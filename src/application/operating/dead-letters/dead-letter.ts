import { either as E } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';
import {
  byOperator,
  deadLetterRecorded,
  type DeadLetterDiscarded,
  type DeadLetterEvent,
  type DeadLetterRecorded,
} from './dead-letter-events.js';

export type DeadLetterStatus = 'OPEN' | 'REPLAYED' | 'DISCARDED';

export type DeadLetter =
  { readonly status: 'Unknown' } | { readonly status: DeadLetterStatus; readonly letter: DeadLetterRecorded };

export type DeadLetterRejection = 'DEAD_LETTER_NOT_FOUND' | 'ALREADY_REPLAYED' | 'ALREADY_DISCARDED' | 'NOT_REPLAYABLE';

/** A command is the event it asks for. */
export type DeadLetterCommand = DeadLetterEvent;

const evolve = (deadLetter: DeadLetter, event: DeadLetterEvent): DeadLetter => {
  if (event.type === 'DeadLetterRecorded') return { status: 'OPEN', letter: event };
  if (deadLetter.status === 'Unknown') return deadLetter;
  return { ...deadLetter, status: event.type === 'DeadLetterReplayed' ? 'REPLAYED' : 'DISCARDED' };
};

/** One that failed to help may be replayed again; one that was given up stays so. */
export const mayReplay = (deadLetter: DeadLetter): E.Either<DeadLetterRejection, DeadLetterRecorded> => {
  if (deadLetter.status === 'Unknown') return E.left('DEAD_LETTER_NOT_FOUND');
  if (deadLetter.status === 'DISCARDED') return E.left('ALREADY_DISCARDED');
  return deadLetter.letter.replayable ? E.right(deadLetter.letter) : E.left('NOT_REPLAYABLE');
};

const discard = (
  command: DeadLetterDiscarded,
  deadLetter: DeadLetter,
): E.Either<DeadLetterRejection, ReadonlyArray<DeadLetterEvent>> => {
  if (deadLetter.status === 'Unknown') return E.left('DEAD_LETTER_NOT_FOUND');
  if (deadLetter.status === 'REPLAYED') return E.left('ALREADY_REPLAYED');
  return E.right(deadLetter.status === 'DISCARDED' ? [] : [command]);
};

export const deadLetterDecider: Decider<DeadLetter, DeadLetterCommand, DeadLetterEvent, DeadLetterRejection> = {
  initial: { status: 'Unknown' },
  evolve,
  decide: (command, deadLetter) => {
    switch (command.type) {
      case 'DeadLetterRecorded':
        return E.right(deadLetter.status === 'Unknown' ? [command] : []);
      case 'DeadLetterReplayed':
        return E.map(() => [command])(mayReplay(deadLetter));
      case 'DeadLetterDiscarded':
        return discard(command, deadLetter);
    }
  },
};

export const isDeadLetterEvent = eventSchemas<DeadLetterEvent>()({
  DeadLetterRecorded: deadLetterRecorded,
  DeadLetterReplayed: byOperator,
  DeadLetterDiscarded: byOperator,
});

export const deadLetterAggregate = aggregateOf(deadLetterDecider, isDeadLetterEvent);
