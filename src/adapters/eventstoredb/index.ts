export { type EventStoreDb, openEventStoreDb } from './open-event-store-db.js';
