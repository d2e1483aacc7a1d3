/** What happened to an event of the shop. */
export const EVENT_STREAMS = 'event-';
export const eventStream = (eventId: string): string => `${EVENT_STREAMS}${eventId}`;
