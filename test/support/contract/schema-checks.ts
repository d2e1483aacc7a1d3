import { contract } from './document.js';
import { sharedContract } from './shared-contract.js';

/** A value against the schema at a place of the document: what is wrong with it, null when nothing is. */
export const schemaFault = (
  kind: 'sent' | 'answered',
  pointer: ReadonlyArray<string>,
  value: unknown,
): string | null => {
  contract();
  return sharedContract().check(kind, pointer, value);
};
