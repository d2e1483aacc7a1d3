import { readFileSync } from 'node:fs';
import { z } from 'zod';

const scripts = z.object({ scripts: z.object({ start: z.string() }) });

/** The flags that `npm start` gives to Node: whatever is measured has the same ones. */
export const flagsOfStart = (): ReadonlyArray<string> => {
  const { start } = scripts.parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts;
  return start.split(' ').filter((word) => word.startsWith('--'));
};
