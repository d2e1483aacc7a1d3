import { type Reminders } from '../../../application/ports/reminders.js';

/** None: the one process there is learns of everything itself. */
export const noReminders: Reminders = {
  remind: () => undefined,
  forget: () => undefined,
  listen: () => () => undefined,
};
