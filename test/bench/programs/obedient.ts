import { z } from 'zod';
import { answering } from '../../../bench/harness/answering.js';

// What came before anybody listened has been read and dropped by now.
await new Promise((resolve) => setTimeout(resolve, 50));

/** Does as it is told: answers, throws, ends or keeps still. */
answering(z.object({ please: z.enum(['answer', 'throw', 'end', 'keep still']) }), async ({ please }) => {
  console.log(`asked to ${please}`);
  if (please === 'throw') throw new Error('as asked');
  if (please === 'end') process.exit(3);
  if (please === 'keep still') await new Promise(() => undefined);
  return please;
});
