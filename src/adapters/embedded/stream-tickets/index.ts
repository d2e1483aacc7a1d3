export { inProcessTickets } from './in-process-tickets.js';
