import { either as E } from 'fp-ts';
import { type DataCheck } from '../../../adapters/embedded/backup/data-check.js';
import { openStoredEvents } from '../../../adapters/embedded/event-store/open-stored-events.js';
import { type HistoryVerified, verifyHistory } from '../../../application/operating/history/verify-history.js';

const NAME = 'every sealed event is as it was sealed';

const faultsOf = ({ checks, fault }: HistoryVerified): ReadonlyArray<string> => [
  ...checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`),
  ...(fault === null ? [] : [`${fault.damage} in seal ${fault.seal}: ${fault.detail}`]),
];

/** Compares the events of a data directory with their seals: this finds changes that leave an event readable. */
export const checkSeals = async (directory: string): Promise<DataCheck> => {
  const { close, ...stored } = openStoredEvents(directory);
  try {
    const verified = await verifyHistory({ feed: stored, eventStore: stored })({})();
    if (E.isLeft(verified)) return { name: NAME, ok: false, looked: 0, details: [verified.left.code] };
    const { verdict, events } = verified.right;
    return { name: NAME, ok: verdict === 'PASS', looked: events, details: faultsOf(verified.right) };
  } catch (error) {
    return { name: NAME, ok: false, looked: 0, details: [error instanceof Error ? error.message : String(error)] };
  } finally {
    await close();
  }
};
