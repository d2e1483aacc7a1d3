import { z } from 'zod';
import { type Written, problem } from './answer.js';
import { messages } from './messages.js';
import { type HttpServerOptions } from './options.js';
import { tryAgain } from './problems.js';
import { type Serve } from './route.js';

const refused = z.looseObject({ code: z.literal('UNAVAILABLE') });
const named = (answer: Written, reason: 'DISK_LOW' | 'DISK_FULL' | 'DISK_FAILED', detail: string): Written => {
  const { data } = refused.safeParse(JSON.parse(answer.body));
  return data === undefined ? answer : { ...answer, body: JSON.stringify({ ...data, detail, reason }) };
};
/**
 * While the disk of the data cannot be written to, an answer 503 names that as its reason. Calls that write are not even tried then:
 * if the free space comes and goes, a request could be accepted and then stay undecided.
 */
export const nameTrouble =
  (trouble: NonNullable<HttpServerOptions['trouble']>) =>
  (serve: Serve, writes: boolean): Serve =>
  async (exchange, params) => {
    const isHopeless = writes && trouble() !== null;
    const answer = isHopeless ? problem(tryAgain('UNAVAILABLE'), exchange.language) : await serve(exchange, params);
    const found = 'body' in answer && answer.status === 503 ? trouble() : null;
    if (found === null || !('body' in answer)) return answer;
    return named(answer, found.code, messages[exchange.language].notices[found.code]);
  };
