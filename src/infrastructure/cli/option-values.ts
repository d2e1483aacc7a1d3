import { InvalidArgumentError } from 'commander';

/** How an option's text is read; throws InvalidArgumentError, which says what was expected. */
type Read<A> = (text: string) => A;

const refuse = (expected: string): never => {
  throw new InvalidArgumentError(`It must be ${expected}.`);
};

/** Digits alone: `1e3`, `0x10` and the empty text are typing errors. */
export const wholeNumber =
  (most = 1_000_000): Read<number> =>
  (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : 0;
    return value >= 1 && value <= most ? value : refuse(`a whole number from 1 to ${most}`);
  };

export const positiveNumber =
  (most: number): Read<number> =>
  (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
    return value > 0 && value <= most ? value : refuse(`a number above 0, at most ${most}`);
  };

/** Also a part of one; 0: none. */
export const hours =
  (most: number): Read<number> =>
  (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Infinity;
    return value <= most ? value : refuse(`a number of hours from 0 to ${most}`);
  };

/** `20%` as 0.2. */
export const share: Read<number> = (text) => {
  const value = /^\d+(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) / 100 : 2;
  return value <= 1 ? value : refuse('a share from 0% to 100%');
};

export const webAddress: Read<string> = (text) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
    ? text
    : refuse('an address like http://localhost:3000');

/** As ids are everywhere. */
export const name: Read<string> = (text) =>
  /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : refuse('1 to 64 of A–Z a–z 0–9 _ -');

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `15m` in seconds. */
export const duration: Read<number> = (text) => {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? 0);
  return seconds >= 1 && seconds <= 31_536_000 ? seconds : refuse('a duration like 90s, 15m, 1h or 7d, at most a year');
};
