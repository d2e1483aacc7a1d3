import { z } from 'zod';

/** What every problem has; some name more. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional(),
    statusUrl: z.string().optional(),
    opensAt: z.string().nullable().optional(),
  })
  .meta({ id: 'Problem' });
