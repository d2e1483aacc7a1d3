import { z } from 'zod';
import { answerOf } from './client/answer-of.js';
import { type SaleClient } from './client/sale-client.js';

/** PASS or FAIL from the events; UNKNOWN when the operator's call could not be made, which proves nothing. */
export interface Verdict {
  readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN';
  readonly reasons: ReadonlyArray<string>;
}

const report = z.object({ verdict: z.enum(['PASS', 'FAIL']), reasons: z.array(z.unknown()) });

const said = (reason: unknown): string => (typeof reason === 'string' ? reason : JSON.stringify(reason));

/** What `doorbuster verify` says of one of them, asked of the running server. */
export const verdictOf = async (
  client: SaleClient,
  what: 'coupons' | 'schedules' | 'products' | 'orders',
  id: string,
): Promise<Verdict> => {
  const { status, body } = await client.admin(`/admin/${what}/${id}/verify`);
  const { success, data } = report.safeParse(body);
  if (success) return { verdict: data.verdict, reasons: data.reasons.map(said) };
  const answered = answerOf(status, body, client.credentials);
  return { verdict: 'UNKNOWN', reasons: [`the server answered an operator's call with ${answered}`] };
};
