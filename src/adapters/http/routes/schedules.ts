import { either as E, type taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type ConfigureSchedule } from '../../../application/waiting-room/configure-schedule.js';
import { type ScheduleById } from '../../../application/waiting-room/schedule-by-id.js';
import { found, json, problem } from '../answer.js';
import { refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { id } from '../schemas/fields.js';
import { keySet, schedule, scheduleTerms } from '../schemas/waiting.js';

const CACHED = 'public, max-age=300';

/** Who is let in, and what their passes are verified with. */
export const scheduleRoutes = (useCases: {
  readonly configureSchedule: ConfigureSchedule;
  readonly scheduleById: ScheduleById;
  readonly publishedKeys: () => TE.TaskEither<'PassesUnavailable', { readonly keys: ReadonlyArray<object> }>;
}): ReadonlyArray<Route> => [
  route({
    method: 'put',
    path: '/api/v1/schedules/:scheduleId',
    tag: 'Waiting room',
    access: 'operator',
    summary: 'Set how many may be in at once, also during a sale; lowering it removes nobody who is in',
    params: z.object({ scheduleId: id }),
    body: scheduleTerms,
    answers: { 200: { description: 'The schedule as it is then', schema: schedule } },
    problems: ['UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params, body: { admitPerSecond, ...terms } }, exchange) => {
      const pace = typeof admitPerSecond === 'number' && { admitPerSecond };
      const wanted = { ...params, ...terms, ...pace, correlationId: exchange.requestId };
      return found(useCases.configureSchedule(wanted), exchange);
    },
  }),
  route({
    method: 'get',
    access: 'public',
    path: '/api/v1/schedules/:scheduleId',
    tag: 'Waiting room',
    summary: 'A schedule: how many may be in, how many are in, how many wait',
    params: z.object({ scheduleId: id }),
    answers: { 200: { description: 'The schedule', schema: schedule } },
    problems: ['SCHEDULE_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => found(useCases.scheduleById(params.scheduleId), exchange),
  }),
  route({
    method: 'get',
    access: 'public',
    path: '/.well-known/jwks.json',
    tag: 'Waiting room',
    summary: 'The keys passes are verified with',
    answers: { 200: { description: 'A JSON Web Key Set (RFC 7517)', schema: keySet } },
    problems: ['UNAVAILABLE'],
    handle: async (_, { language }) => {
      const keys = await useCases.publishedKeys()();
      return E.isLeft(keys)
        ? problem(refused('UNAVAILABLE'), language)
        : json(200, keys.right, { 'Cache-Control': CACHED });
    },
  }),
];
