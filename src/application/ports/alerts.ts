import { type taskEither as TE } from 'fp-ts';

export interface Alert {
  readonly title: string;
  readonly text: string;
  /** Alerts of one key are sent at most once a minute, with a count of what was held back. */
  readonly key: string;
}
/** Tells a human. Losing an alert loses no fact. */
export interface Alerts {
  readonly raise: (alert: Alert) => TE.TaskEither<'AlertsUnavailable', void>;
}
