/** Epoch milliseconds: the rehearsal compares its own clock with the times that the server tells. */
export const epochMs = (): number => Date.now();
