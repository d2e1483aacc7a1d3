#!/usr/bin/env node
import { createProgram } from './cli/program.js';
import { version } from './version.js';

await createProgram(version).parseAsync();
