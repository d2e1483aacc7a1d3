export { inProcessLeases } from './in-process-leases.js';
