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

/** `20%` as 0.2. */
export const share: Read<number> = (text) => {
  const value = /^\d+(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) / 100 : 2;
  return value <= 1 ? value : refuse('a share from 0% to 100%');
};

export const webAddress: Read<string> = (text) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
    ? text
    : refuse('an address like http://localhost:3000');
