import { taskEither as TE } from 'fp-ts';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { deadLettersView, indexFor } from './dead-letters-view.js';
import { type Ports } from '../../ports/ports.js';

/** More than this many are as bad as this many. */
const COUNTED = 1_000;

/** How many dead letters nobody has decided about, counted up to 1,000. */
export const countWaiting = ({
  readModels,
}: Pick<Ports, 'readModels'>): TE.TaskEither<'ReadModelsUnavailable', number> =>
  TE.map(({ items }: { readonly items: ReadonlyArray<unknown> }) => items.length)(
    liveReader(readModels).query(deadLettersView, { ...indexFor({ status: 'OPEN' }), limit: COUNTED }),
  );
