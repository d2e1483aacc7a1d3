import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { isPersonalDataEvent, PERSONAL_DATA_STREAMS } from '../kernel/personal-data/personal-data-events.js';
import { deadLetterTopics } from '../kernel/messaging/topics.js';
import { isParkingEvent, PARKING_STREAMS } from '../kernel/process/parking/parking-aggregate.js';
import { deadLetterMessage } from '../kernel/writer/dead-letter-message.js';
import { ACT_STREAMS, isActEvent } from './audit-trail/acts.js';
import { DEAD_LETTER_STREAMS } from './dead-letters/dead-letter-events.js';
import { isDeadLetterEvent } from './dead-letters/dead-letter.js';
import { isSealEvent, isSealKeyEvent, SEAL_KEY_STREAMS, SEAL_STREAMS } from './history/seal.js';

export const operatingSchemas: ContextSchemas = {
  context: 'operating',
  streams: [
    [ACT_STREAMS, isActEvent],
    [DEAD_LETTER_STREAMS, isDeadLetterEvent],
    [PARKING_STREAMS, isParkingEvent],
    [PERSONAL_DATA_STREAMS, isPersonalDataEvent],
    [SEAL_STREAMS, isSealEvent],
    [SEAL_KEY_STREAMS, isSealKeyEvent],
  ],
  messages: deadLetterTopics.map((topic) => ({ topic, type: 'DEAD_LETTER', version: 1, schema: deadLetterMessage })),
};
