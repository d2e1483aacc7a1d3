import { z } from 'zod';
import { type ProjectionStatus } from '../../../application/kernel/projection/projection-status.js';
import { type OperateProjections } from '../../../application/operating/operate-projections.js';
import { found } from '../answer.js';
import { route, type Route } from '../route.js';
import { projection, projectionName, projections, projectionVerified, rebuilt } from '../schemas/admin.js';
import { iso, named } from '../schemas/fields.js';
import { listensToProgress, operating, viewing, watched } from './admin.js';

const one = { params: z.object({ name: projectionName }) } as const;
const shown = ({ trouble, ...status }: ProjectionStatus) => ({
  ...status,
  trouble: trouble && { ...trouble, since: iso(trouble.since) },
});

/** `doorbuster projections list|status|rebuild|verify`. */
export const adminProjectionRoutes = (useCases: OperateProjections): ReadonlyArray<Route> => [
  route({
    ...viewing,
    path: '/admin/projections',
    summary: 'All projections, how far each is',
    answers: { 200: { description: 'Their states', schema: projections } },
    problems: ['UNAVAILABLE'],
    handle: (_, exchange) => found(useCases.listProjections(), exchange, (items) => ({ items: items.map(shown) })),
  }),
  route({
    ...viewing,
    ...one,
    path: '/admin/projections/:name',
    summary: 'A projection: its builds, how far it is',
    answers: { 200: { description: 'Its state', schema: projection } },
    problems: ['PROJECTION_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => found(useCases.projectionStatus(params.name), exchange, shown),
  }),
  route({
    ...operating,
    ...one,
    path: '/admin/projections/:name/rebuild',
    summary: 'Rebuild a projection while readers use the old version, then switch over',
    ...listensToProgress,
    body: named('Rebuild', { verify: z.boolean().default(false) }),
    answers: { 200: { description: 'The new build is live', schema: rebuilt } },
    problems: ['PROJECTION_NOT_FOUND', 'PROJECTION_BUSY', 'UNAVAILABLE'],
    handle: ({ params, body }, exchange) =>
      watched((watch) => useCases.rebuildProjection({ name: params.name, verify: body.verify }, watch), exchange),
  }),
  route({
    ...viewing,
    ...one,
    path: '/admin/projections/:name/verify',
    summary: 'Compare a projection with its documents computed again from the events',
    ...listensToProgress,
    answers: { 200: { description: 'The verdict', schema: projectionVerified } },
    problems: ['PROJECTION_NOT_FOUND', 'PROJECTION_BUSY', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => watched((watch) => useCases.verifyProjection(params.name, watch), exchange),
  }),
];
