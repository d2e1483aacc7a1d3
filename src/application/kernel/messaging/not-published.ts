import { type PublishError } from '../../ports/message-log.js';

/** The code a use case answers with where a message was not published, or nobody knows whether it was. */
export const notPublished = {
  LogOverloaded: 'OVERLOADED',
  PublishFailed: 'UNAVAILABLE',
  PublishOutcomeUnknown: 'OUTCOME_UNKNOWN',
} as const satisfies Record<PublishError, string>;
