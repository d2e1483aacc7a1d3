import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packageFile } from '../adapters/http/package-file.js';

const manifest = z.object({ version: z.string() });

export const { version } = manifest.parse(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')));
