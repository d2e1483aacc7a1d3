#!/usr/bin/env node
import { createProgram } from './cli/program.js';
import { runProgram } from './cli/run-program.js';
import { version } from './version.js';

// Who reads the answer may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
await runProgram(createProgram(version));
