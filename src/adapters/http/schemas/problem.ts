import { z } from 'zod';
import { problemCodes } from '../problems.js';
import { problemFields } from './problem-fields.js';

/** What every problem has, and what some name beside it. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(problemCodes),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong, field by field.' }),
    ...problemFields.shape,
  })
  .meta({ id: 'Problem' });
