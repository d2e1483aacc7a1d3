/** The header in which a pass of the waiting room is shown. */
export const withPass = (pass: string | undefined): Record<string, string> =>
  pass === undefined ? {} : { 'waiting-pass': pass };
