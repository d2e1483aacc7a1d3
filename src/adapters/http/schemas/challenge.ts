import { z } from 'zod';

/** The challenge policy of something scarce, in and out. */
export const challenge = z
  .enum(['NEVER', 'SUSPICIOUS', 'ALWAYS'])
  .describe(
    'Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.',
  );
