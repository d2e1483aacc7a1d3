export { openEventStore } from './open-event-store.js';
export { type EmbeddedEventStoreOptions } from './options.js';
export { openStoredEvents, openStoredFeed, type StoredEvents } from './open-stored-events.js';
