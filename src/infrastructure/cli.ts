#!/usr/bin/env node
import { catchStopSignals } from './stop-signals.js';

const stopping = catchStopSignals();
const { runCommandLine } = await import('./cli/run-command-line.js');
await runCommandLine(stopping);
