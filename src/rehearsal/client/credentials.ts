/** Whose call it is: of somebody who came to the sale, or of the shop. */
export type Caller = 'visitor' | 'operator';

/** What a rehearsal was given to show that it may ask. A server without authentication needs none of it. */
export interface Credentials {
  /** For the shop's calls: an operator's key, or ADMIN_TOKEN of the server. */
  readonly token?: string;
  /** For the calls of visitors: a key of the role `service`, which acts for any user. */
  readonly serviceKey?: string;
}

/** Those of some options, and nothing else of them. */
export const credentialsOf = ({ token, serviceKey }: Credentials): Credentials => ({
  ...(token !== undefined && { token }),
  ...(serviceKey !== undefined && { serviceKey }),
});

/** The headers that say who asks. Every call of a rehearsal gets them here. */
export const authorization = ({ token, serviceKey }: Credentials, caller: Caller): Readonly<Record<string, string>> => {
  const credential = caller === 'operator' ? token : serviceKey;
  return credential === undefined ? {} : { authorization: `Bearer ${credential}` };
};
