import { type Message } from '../../ports/message-log.js';

const REPLAY_OF = 'replay-of';

/** The same message, marked as the replay of a dead letter: its decider may decide anew what could not be decided. */
export const asReplayOf = (deadLetterId: string, message: Message): Message => ({
  ...message,
  headers: { ...message.headers, [REPLAY_OF]: deadLetterId },
});

/** The dead letter a message replays; null for any other message. */
export const replayOf = ({ headers }: Pick<Message, 'headers'>): string | null => headers[REPLAY_OF] ?? null;
