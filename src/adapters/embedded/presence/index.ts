export { inProcessPresence } from './in-process-presence.js';
