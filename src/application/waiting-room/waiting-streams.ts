/** What happened in the waiting room of a schedule. */
export const WAITING_ROOM_STREAMS = 'waitingRoom-';
export const waitingRoomStream = (scheduleId: string): string => `${WAITING_ROOM_STREAMS}${scheduleId}`;
