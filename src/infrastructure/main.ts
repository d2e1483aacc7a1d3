import { catchStopSignals } from './stop-signals.js';

const stopping = catchStopSignals();
// Loading takes a good part of a second, in which a signal must be heard already.
const { serve } = await import('./serve.js');
await serve(process.env, stopping);
