import { z } from 'zod';

/** The query of a list: how many, from where on, and what else it may be asked for. */
export const pageQuery = (options: unknown, more: z.ZodRawShape = {}): URLSearchParams => {
  const asked = z.object({ limit: z.string(), cursor: z.string().optional(), ...more }).parse(options);
  return new URLSearchParams(Object.entries(z.record(z.string(), z.string()).parse(asked)));
};
