import { z } from 'zod';
import { type Written } from '../answer.js';
import { messages } from '../messages.js';
import { type HttpServerOptions } from '../options.js';
import { type Serve } from '../route.js';

const refused = z.looseObject({ code: z.literal('UNAVAILABLE') });

const named = (answer: Written, reason: 'DISK_FULL' | 'DISK_FAILED', detail: string): Written => {
  const { data } = refused.safeParse(JSON.parse(answer.body));
  return data === undefined ? answer : { ...answer, body: JSON.stringify({ ...data, detail, reason }) };
};

/** Whoever is told that a part of the system is away hears which, while the disk of the data takes nothing. */
export const nameTrouble =
  (trouble: NonNullable<HttpServerOptions['trouble']>) =>
  (serve: Serve): Serve =>
  async (exchange, params) => {
    const answer = await serve(exchange, params);
    const found = 'status' in answer && answer.status === 503 ? trouble() : null;
    if (found === null || !('status' in answer)) return answer;
    return named(answer, found.code, messages[exchange.language].notices[found.code]);
  };
