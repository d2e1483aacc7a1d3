/**
 * Who asks, and for what kind of thing. A request id is its client's own choice: it counts only within the coupon and
 * together with this.
 */
export type Asker =
  | { readonly asks: 'ISSUE'; readonly userId: string }
  | { readonly asks: 'OPERATION'; readonly actor: string }
  /** Nobody knows: the message could not be read. */
  | { readonly asks: 'UNKNOWN' };

/** One name for a request of this coupon. No id contains a slash or an at sign. */
export const scopeOf = (asker: Asker, requestId: string): string => {
  switch (asker.asks) {
    case 'ISSUE':
      return `${asker.userId}/${requestId}`;
    case 'OPERATION':
      return `@${asker.actor}/${requestId}`;
    case 'UNKNOWN':
      return `/${requestId}`;
  }
};
