/** What was thrown, in one line for an operator. */
export const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));
