import { z } from 'zod';
import { type Terminal } from './terminal.js';

/** Lines of progress come in two kinds: a count of a total, or a position on the way to the head of the events. */
const count = z.object({ done: z.number(), total: z.number().nullable() });
const position = z.object({ position: z.number(), head: z.number() });

/** Shows a long call as a bar while it runs. */
export const progressOn = async <A>(
  { progress }: Terminal,
  label: string,
  work: (onProgress: (line: unknown) => void) => Promise<A>,
): Promise<A> => {
  const bar = progress(label);
  try {
    return await work((line) => {
      const { data: counted } = count.safeParse(line);
      if (counted !== undefined) return bar.at(counted.done, counted.total ?? counted.done);
      const { data: reached } = position.safeParse(line);
      if (reached !== undefined) bar.at(reached.position, reached.head);
    });
  } finally {
    bar.end();
  }
};
