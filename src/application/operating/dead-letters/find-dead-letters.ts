import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader, type LivePage } from '../../kernel/projection/live-reader.js';
import { type DeadLetterStatus } from './dead-letter.js';
import { type DeadLetterDocument, deadLettersView, indexFor } from './dead-letters-view.js';
import { type Ports } from '../../ports/ports.js';

export interface DeadLetterFilter {
  /** The topic it came from, not the dead-letter topic. */
  readonly topic?: string;
  readonly status?: DeadLetterStatus;
  readonly limit: number;
  readonly cursor?: string;
}

export type DeadLetterPage = LivePage<DeadLetterDocument>;

/** Latest first. 'INVALID_CURSOR': it is of no page before. */
export type ListDeadLetters = (
  filter: DeadLetterFilter,
) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' }, DeadLetterPage>;

export const listDeadLetters = ({ readModels }: Pick<Ports, 'readModels'>): ListDeadLetters => {
  const reader = liveReader(readModels);
  return ({ topic, status, limit, cursor }) =>
    async () => {
      const filter = { ...(topic === undefined ? {} : { topic }), ...(status === undefined ? {} : { status }) };
      const paging = { limit, order: 'descending' as const, ...(cursor === undefined ? {} : { cursor }) };
      const page = await reader.page(deadLettersView, { ...indexFor(filter), ...paging })();
      if (E.isRight(page)) return page;
      return E.left({ code: page.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' });
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
