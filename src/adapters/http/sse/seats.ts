/** How many streams there may be at once. */
export interface MostSeats {
  readonly inAll: number;
  readonly perUser: number;
  readonly perAddress: number;
}

export interface Seats {
  /** Answers how to give the seat back, once however often it is called; null if none is free. Address null: it is not counted by address. */
  readonly take: (userId: string, address: string | null) => (() => void) | null;
}

const counter = () => {
  const counts = new Map<string, number>();
  const of = (key: string): number => counts.get(key) ?? 0;
  const add = (key: string, by: number): void => {
    const count = of(key) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  return { of, add };
};

/** Places for streams: so many in all, so many for one user, so many for one address. */
export const seats = ({ inAll, perUser, perAddress }: MostSeats): Seats => {
  const ofUser = counter();
  const ofAddress = counter();
  let taken = 0;
  return {
    take: (userId, address) => {
      if (taken >= inAll || ofUser.of(userId) >= perUser) return null;
      if (address !== null && ofAddress.of(address) >= perAddress) return null;
      const change = (by: number): void => {
        taken += by;
        ofUser.add(userId, by);
        if (address !== null) ofAddress.add(address, by);
      };
      change(1);
      let isTaken = true;
      return () => {
        if (isTaken) change(-1);
        isTaken = false;
      };
    },
  };
};
