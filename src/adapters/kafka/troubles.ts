import { type Log } from '../../application/ports/log.js';

/** Told when it begins and when it is over, one line each, however often it is met in between and by however many. */
export interface Troubles {
  /** `what`: a sentence; `whose`: one of those who may meet it. */
  readonly met: (what: string, whose: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly over: (what: string, whose: string) => void;
}

export const troubles = (log: Log): Troubles => {
  const open = new Map<string, Set<string>>();
  return {
    met: (what, whose, fields) => {
      const those = open.get(what) ?? new Set();
      const isNew = those.size === 0;
      open.set(what, those.add(whose));
      if (isNew) log.warn({ engine: 'kafka', ...fields }, what);
      else log.debug({ engine: 'kafka', ...fields }, what);
    },
    over: (what, whose) => {
      const those = open.get(what);
      if (those?.delete(whose) === true && those.size === 0) log.info({ engine: 'kafka' }, `No longer: ${what}`);
    },
  };
};
