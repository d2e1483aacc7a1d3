import { z } from 'zod';
import { type HttpServerOptions } from '../options.js';
import { nothing, route, type Route } from '../route.js';

export const metricsRoute = (metrics: HttpServerOptions['metrics']): Route =>
  route({
    method: 'get',
    access: 'viewer',
    path: '/metrics',
    tag: 'Health',
    summary: 'Metrics for Prometheus',
    params: nothing,
    query: nothing,
    body: nothing,
    answers: { 200: { description: 'In its text format', schema: z.string(), contentType: 'text/plain' } },
    problems: [],
    handle: async () => {
      const { contentType, body } = await metrics();
      return { status: 200, headers: { 'Content-Type': contentType }, body };
    },
  });
