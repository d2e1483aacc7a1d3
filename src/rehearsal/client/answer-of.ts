import { z } from 'zod';
import { type Credentials } from './credentials.js';

const problem = z.object({ code: z.string() });

/** An answer nobody expected, in words: its status, its code, and what may help. */
export const answerOf = (status: number, body: unknown, { token, serviceKey }: Credentials): string => {
  const code = problem.safeParse(body).data?.code;
  const words = code === undefined ? String(status) : `${status} ${code}`;
  if (status !== 401 && status !== 403) return words;
  const missing = [...(token === undefined ? ['--token'] : []), ...(serviceKey === undefined ? ['--service-key'] : [])];
  const given =
    token === undefined ? '' : ': the token given is not that server’s ADMIN_TOKEN or a key of an operator there';
  return `${words}${given}${missing.length === 0 ? '' : `; give ${missing.join(' and ')}`}`;
};
