import { z } from 'zod';
import { oldVersion } from '../../kernel/events/event-schemas.js';

const COMPLETE = 'complete-';

/** The first of these named the visit in their request id alone, as `complete-{tokenId}`. */
export const tokenComplete1 = oldVersion(
  z.object({
    eventId: z.string(),
    occurredAt: z.string(),
    scheduleId: z.string(),
    requestId: z.string(),
    eventType: z.literal('TOKEN_COMPLETE'),
    userId: z.string(),
    tokenId: z.string().exactOptional(),
  }),
  (old) => ({ ...old, tokenId: old.tokenId ?? old.requestId.slice(COMPLETE.length) }),
);
