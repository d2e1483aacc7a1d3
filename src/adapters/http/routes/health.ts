import { z } from 'zod';
import { json, problem } from '../answer.js';
import { type Lifecycle } from '../lifecycle.js';
import { type EngineState, type HttpServerOptions } from '../options.js';
import { tryAgain } from '../problems.js';
import { route, type Route } from '../route.js';
import { named } from '../schemas/fields.js';

const engineState = z.enum(['ok', 'degraded', 'down']);
const live = named('Live', { status: z.literal('ok') });
const ready = named('Ready', { status: z.enum(['ok', 'degraded']), engines: z.record(z.string(), engineState) });

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Health',
} as const;

type Watched = Pick<HttpServerOptions, 'health' | 'trouble'>;

const diskIn = (trouble: ReturnType<NonNullable<HttpServerOptions['trouble']>> | undefined) =>
  trouble ? { reason: trouble.code, disk: trouble.detail } : {};

const liveRoute = route({
  ...shared,
  path: '/health/live',
  summary: 'The process runs',
  answers: { 200: { description: 'It does', schema: live } },
  problems: [],
  handle: async () => json(200, { status: 'ok' }),
});

const readyRoute = ({ health, trouble }: Watched, lifecycle: Lifecycle): Route =>
  route({
    ...shared,
    path: '/health/ready',
    summary: 'Whether the process is ready for requests, with the state of each engine',
    answers: { 200: { description: 'Ready, though an engine may be degraded', schema: ready } },
    problems: ['NOT_READY'],
    handle: async (_, { language }) => {
      const engines = await health();
      const states: ReadonlyArray<EngineState> = Object.values(engines);
      if (lifecycle.draining || states.includes('down'))
        return problem(
          tryAgain('NOT_READY', 5, { engines, draining: lifecycle.draining, ...diskIn(trouble?.()) }),
          language,
        );
      return json(200, { status: states.includes('degraded') ? 'degraded' : 'ok', engines });
    },
  });

export const healthRoutes = (watched: Watched, lifecycle: Lifecycle): ReadonlyArray<Route> => [
  liveRoute,
  readyRoute(watched, lifecycle),
];

const OPEN_METRICS = 'application/openmetrics-text';

/** Prometheus names the format it likes best; whoever can read OpenMetrics gets it. */
export const metricsRoute = (metrics: HttpServerOptions['metrics']): Route =>
  route({
    method: 'get',
    access: 'viewer',
    path: '/metrics',
    tag: 'Health',
    summary: 'Metrics for Prometheus',
    listensTo: { Accept: `${OPEN_METRICS}: the same samples, and traces as examples of how long something took` },
    answers: { 200: { description: 'In its text format', schema: z.string(), contentType: 'text/plain' } },
    problems: [],
    handle: async (_, exchange) => {
      const isOpen = exchange.header('accept')?.includes(OPEN_METRICS) ?? false;
      const { contentType, body } = await metrics(isOpen ? 'openmetrics' : 'prometheus');
      return { status: 200, headers: { 'Content-Type': contentType }, body };
    },
  });
