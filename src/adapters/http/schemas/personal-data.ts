import { z } from 'zod';
import { idOut, timeOut } from './fields.js';

export const erasedUser = z
  .object({
    userId: idOut,
    erased: z.literal(true),
    erasedAt: timeOut,
    keyDestroyed: z.boolean().describe('There was a key, and now there is none. False: there was none any more.'),
    plainEvents: z
      .int()
      .describe('Events that were written before personal data were encrypted, and still hold theirs in plain text.'),
  })
  .meta({ id: 'ErasedUser' });
