/** Places for streams: so many in all, so many for one user. */
export interface Seats {
  /** How to give the seat back; null when there is none. */
  readonly take: (userId: string) => (() => void) | null;
}

export const seats = (inAll: number, perUser: number): Seats => {
  const ofUser = new Map<string, number>();
  let taken = 0;
  return {
    take: (userId) => {
      const theirs = ofUser.get(userId) ?? 0;
      if (taken >= inAll || theirs >= perUser) return null;
      taken += 1;
      ofUser.set(userId, theirs + 1);
      return () => {
        taken -= 1;
        const left = (ofUser.get(userId) ?? 1) - 1;
        if (left === 0) ofUser.delete(userId);
        else ofUser.set(userId, left);
      };
    },
  };
};
