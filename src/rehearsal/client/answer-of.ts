import { z } from 'zod';

const problem = z.object({ code: z.string() });

/** An answer nobody expected, in words: its status, its code, and what may help. */
export const answerOf = (status: number, body: unknown, token?: string): string => {
  const code = problem.safeParse(body).data?.code;
  const words = code === undefined ? String(status) : `${status} ${code}`;
  if (status !== 401 && status !== 403) return words;
  return token === undefined ? `${words}; give --token` : `${words}: the token given is not that server’s ADMIN_TOKEN`;
};
