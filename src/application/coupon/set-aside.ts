import { type taskEither as TE } from 'fp-ts';
import { type Admission } from '../ports/admission-gate.js';

export type IsSetAside = (request: Omit<Admission, 'at'>) => TE.TaskEither<'AnswerUnavailable', boolean>;

/**
 * Requests that were accepted and could not be decided yet: they are published again once their coupon can be read, or once an
 * operator replays them. Until then nobody may give them up, or call them unknown. What it answers is true of the moment in which it was
 * asked; unavailable while it cannot be known of all.
 */
export type SetAside = TE.TaskEither<'AnswerUnavailable', IsSetAside>;
