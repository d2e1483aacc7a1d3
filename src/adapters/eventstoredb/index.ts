export { type EventStoreDb, openEventStoreDb } from './open-event-store-db.js';
export { type EventStoreDbOptions } from './options.js';
