export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was looked at; where it failed, the first offence and how many there are. */
  readonly detail: string;
}

/** Collects the offences against one rule: the first in words, the others as a number. */
export interface Rule {
  readonly offend: (offence: () => string) => void;
  readonly check: (detail: string) => Check;
}

export const rule = (name: string): Rule => {
  let offences = 0;
  let first = '';
  return {
    offend: (offence) => {
      if (offences === 0) first = offence();
      offences++;
    },
    check: (detail) => ({
      name,
      ok: offences === 0,
      detail: offences === 0 ? detail : offences === 1 ? first : `${first} (and ${offences - 1} more)`,
    }),
  };
};
