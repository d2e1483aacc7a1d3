/** What identifies a person, encrypted with a key of that person: no rule reads it, and it can be compared. */
export type Sealed = `sealed.${string}`;

export const isSealed = (value: unknown): value is Sealed => typeof value === 'string' && value.startsWith('sealed.');
