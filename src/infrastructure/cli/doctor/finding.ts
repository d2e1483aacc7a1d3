/** What was looked at, how it is, and what to do where it is not as it should be. */
export interface Finding {
  readonly check: string;
  /** 'warning': it works, and should be known before a sale. */
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly said: string;
}

export const ok = (check: string, said: string): Finding => ({ check, state: 'ok', said });
export const warning = (check: string, said: string): Finding => ({ check, state: 'warning', said });
export const wrong = (check: string, said: string): Finding => ({ check, state: 'wrong', said });
