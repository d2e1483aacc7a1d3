/** One thing that must be true of a data directory; `details` names the first places where it is not. */
export interface DataCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly looked: number;
  readonly details: ReadonlyArray<string>;
}

const DETAILS = 5;

/** Counts what was looked at, and keeps the first faults. */
export const checking = (name: string) => {
  const details: string[] = [];
  let [looked, faults] = [0, 0];
  return {
    look: (fault: string | null): void => {
      looked += 1;
      if (fault === null) return;
      faults += 1;
      if (details.length < DETAILS) details.push(fault);
    },
    done: (): DataCheck => ({ name, ok: faults === 0, looked, details }),
  };
};

export const thrown = (attempt: () => unknown): string | null => {
  try {
    attempt();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
