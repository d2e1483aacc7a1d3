import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packageFile } from './package-file.js';

const recorded = z.record(
  z.string(),
  z.object({ sent: z.json().exactOptional(), status: z.int(), answered: z.json().exactOptional() }),
);

/** What was sent and answered when an operation was called, by its id. */
export type RecordedExamples = Readonly<z.output<typeof recorded>>;

export const EXAMPLES = packageFile('web/docs/examples.json');

/** Calls that a test really made: it compares them with what is sent and answered now, and `npm run examples` writes them. */
export const recordedExamples = (): RecordedExamples => recorded.parse(JSON.parse(readFileSync(EXAMPLES, 'utf8')));
