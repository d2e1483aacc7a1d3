import { z } from 'zod';
import { timeOut } from './fields.js';

const json = z.string().nullable();

export const act = z.object({
  actId: z.string(),
  at: timeOut,
  subject: z.string().meta({ description: 'Whom the credential names.' }),
  role: z.enum(['viewer', 'operator', 'service']),
  route: z.string().meta({ examples: ['PATCH /api/coupons/:couponId'] }),
  target: z.string(),
  requestId: z.string(),
  status: z.int().nullable().meta({ description: 'null: what became of it is not known, or not yet.' }),
  asked: json.meta({
    description: 'The body as JSON. Long values are replaced by how long they were, personal data by a note.',
  }),
  before: json.meta({ description: 'How it was, in the same way.' }),
  after: json.meta({ description: 'What was answered, in the same way.' }),
});

export const acts = z.object({ items: z.array(act), nextCursor: z.string().nullable() }).meta({ id: 'Acts' });
