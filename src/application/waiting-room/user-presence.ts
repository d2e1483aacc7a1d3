/** A user who listens is there for every waiting place of theirs: their own name among those of tokens, which have no colon. */
export const userPresence = (userId: string): string => `user:${userId}`;
