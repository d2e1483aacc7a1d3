import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader, type Paged, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type DeadLetterStatus } from './dead-letter.js';
import { type DeadLetterDocument, deadLettersView, indexFor } from './dead-letters-view.js';
import { type Ports } from '../../ports/ports.js';

export interface DeadLetterFilter extends PageWanted {
  readonly topic?: string;
  readonly status?: DeadLetterStatus;
}

/** Latest first. */
export type ListDeadLetters = (filter: DeadLetterFilter) => Paged<DeadLetterDocument>;

export const listDeadLetters = ({ readModels }: Pick<Ports, 'readModels'>): ListDeadLetters => {
  const reader = liveReader(readModels);
  return ({ topic, status, ...page }) => {
    const filter = { ...(topic !== undefined && { topic }), ...(status !== undefined && { status }) };
    return reader.page(deadLettersView, { ...indexFor(filter), order: 'descending', ...page });
  };
};

export type ShowDeadLetter = (
  id: string,
) => TE.TaskEither<{ readonly code: 'DEAD_LETTER_NOT_FOUND' | 'UNAVAILABLE' }, DeadLetterDocument>;

export const showDeadLetter = ({ readModels }: Pick<Ports, 'readModels'>): ShowDeadLetter => {
  const reader = liveReader(readModels);
  return (id) => async () => {
    const found = await reader.get(deadLettersView, id)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    return O.isSome(found.right) ? E.right(found.right.value) : E.left({ code: 'DEAD_LETTER_NOT_FOUND' });
  };
};
