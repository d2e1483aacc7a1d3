import { always, type Identified, type Recognized } from '../../src/application/ports/identity.js';

/** Somebody whose credential stays good. */
export const recognized = (caller: Identified): Recognized => ({ caller, validity: always });
