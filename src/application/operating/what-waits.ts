import { taskEither as TE } from 'fp-ts';
import { parkedSagasView } from '../checkout/parking/views/parked-sagas.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type View } from '../kernel/projection/view.js';
import { type Ports } from '../ports/ports.js';
import { deadLettersView, indexFor } from './dead-letters/dead-letters-view.js';

/** More than this many are as bad as this many. */
const COUNTED = 1_000;

const counting =
  <Document extends object>(view: View<Document>, index: { readonly index: string; readonly key: string }) =>
  ({ readModels }: Pick<Ports, 'readModels'>): TE.TaskEither<'ReadModelsUnavailable', number> =>
    TE.map(({ items }: { readonly items: ReadonlyArray<Document> }) => items.length)(
      liveReader(readModels).query(view, { ...index, limit: COUNTED }),
    );

/** How many dead letters nobody has decided about, counted up to 1,000. */
export const countDeadLetters = counting(deadLettersView, indexFor({ status: 'OPEN' }));

/** How many orders are set aside and nobody has decided about, counted up to 1,000. */
export const countParkedOrders = counting(parkedSagasView, { index: 'all', key: 'all' });
