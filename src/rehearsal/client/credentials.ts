/** Whose call it is: of somebody who came to the sale, or of the shop. */
export type Caller = 'visitor' | 'operator';

/** The credentials of a rehearsal. A server without authentication needs none of them. */
export interface Credentials {
  /** For the shop's calls: an operator's key, or ADMIN_TOKEN of the server. */
  readonly token?: string;
  /** For the calls of visitors: a key of the role `service`, which acts for any user. */
  readonly serviceKey?: string;
}

/** Takes the credentials out of options that contain more. */
export const credentialsOf = ({ token, serviceKey }: Credentials): Credentials => ({
  ...(token !== undefined && { token }),
  ...(serviceKey !== undefined && { serviceKey }),
});

/** The headers that say who asks. Every call of a rehearsal gets them here. */
export const authorization = ({ token, serviceKey }: Credentials, caller: Caller): Readonly<Record<string, string>> => {
  const credential = caller === 'operator' ? token : serviceKey;
  return credential === undefined ? {} : { authorization: `Bearer ${credential}` };
};
