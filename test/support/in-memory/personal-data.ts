import { noKeyWrap } from '../../../src/adapters/key-wrap/secret-key-wrap.js';
import { personalData, type PersonalData } from '../../../src/application/kernel/personal-data/personal-data.js';
import { inMemoryDataKeys } from './data-keys.js';

/** Sealed with keys that end with the test. */
export const inMemoryPersonalData = (keys = inMemoryDataKeys()): PersonalData =>
  personalData({ keys, wrap: noKeyWrap });
