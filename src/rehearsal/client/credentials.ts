/** Whose call it is: of somebody who came to the sale, or of the shop. */
export type Caller = 'visitor' | 'operator';

/** What a rehearsal was given to show that it may ask: ADMIN_TOKEN of the server. */
export interface Credentials {
  readonly token?: string;
}

/** The headers that say who asks. Every call of a rehearsal gets them here. */
export const authorization = ({ token }: Credentials, caller: Caller): Readonly<Record<string, string>> =>
  caller === 'operator' && token !== undefined ? { authorization: `Bearer ${token}` } : {};
