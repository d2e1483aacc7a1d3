import { type taskEither as TE } from 'fp-ts';
import { type ReleaseStreams } from '../../../application/kernel/process/operate-parking.js';
import { type ParkedStream } from '../../../application/kernel/process/parked-streams-view.js';
import { actorAndReason } from '../actor-and-reason.js';
import { found } from '../answer.js';
import { route, type Route } from '../route.js';
import { done, parkedStreams, releaseStream } from '../schemas/admin.js';
import { iso } from '../schemas/fields.js';
import { type AdminCall, type AdminError, operating, viewing } from './admin.js';

const shown = ({ parkedAt, ...stream }: ParkedStream) => ({ ...stream, parkedAt: iso(parkedAt) });

/** `doorbuster parked list|release`. */
export const adminParkingRoutes = (useCases: {
  readonly listParkedStreams: () => TE.TaskEither<AdminError, ReadonlyArray<ParkedStream>>;
  readonly releaseStreams: AdminCall<ReleaseStreams, number>;
}): ReadonlyArray<Route> => [
  route({
    ...viewing,
    path: '/admin/parked-streams',
    summary: 'Streams that a consumer skips, because it cannot read them',
    answers: { 200: { description: 'All of them', schema: parkedStreams } },
    problems: ['UNAVAILABLE'],
    handle: (_, exchange) => found(useCases.listParkedStreams(), exchange, (items) => ({ items: items.map(shown) })),
  }),
  route({
    ...operating,
    path: '/admin/parked-streams/release',
    summary: 'Have a parked stream read again; for a view, the view is built anew',
    body: releaseStream,
    answers: { 200: { description: 'It is read again', schema: done } },
    problems: ['STREAM_NOT_PARKED', 'PROJECTION_BUSY', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ body: { consumer, streamId, ...said } }, exchange) => {
      const released = useCases.releaseStreams({ consumer, streamIds: [streamId], ...actorAndReason(said, exchange) });
      return found(released, exchange, () => ({ consumer, streamId }));
    },
  }),
];
