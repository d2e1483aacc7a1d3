import { either as E } from 'fp-ts';
import {
  type HistoryVerified,
  verifyHistory,
  type VerifyHistoryError,
} from '../../../application/operating/history/verify-history.js';
import { type Outcome } from '../command.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { shownChecks, type Terminal } from '../terminal.js';
import { storedEvents } from './engines.js';
import { readPublished } from './published-file.js';

const failure = ({ code }: VerifyHistoryError, seal: number): CallFailed => {
  switch (code) {
    case 'SEAL_NOT_FOUND':
      return new CallFailed(`There is no seal ${seal - 1} before seal ${seal}, or its events are not here`, code);
    case 'SEAL_UNREADABLE':
      return new CallFailed('A seal cannot be read: it was written by a newer version, or is damaged', code);
    case 'UNAVAILABLE':
      return new CallFailed('The event store does not answer', code);
  }
};

const shown = (verified: HistoryVerified): string => {
  const { verdict, checks, last, fault } = verified;
  return [
    `${verdict} history`,
    ...shownChecks(checks),
    ...(fault === null ? [] : [`  ${fault.damage} in seal ${fault.seal}: ${fault.detail}`]),
    ...(last === null ? [] : [`  seal ${last.seal} of ${last.at}: ${last.digest}`]),
  ].join('\n');
};

/** Verifies every stored event against its seal, beside the server where there is one. Rejects with CallFailed. */
export const verifyStoredHistory = async (
  { from: fromSeal, keys: file }: { readonly from: number; readonly keys?: string },
  terminal: Terminal,
): Promise<Outcome> => {
  const published = file === undefined ? null : readPublished(file);
  const believed = published === null ? {} : { keys: published.keys, known: published.last };
  const { close, ...stored } = await storedEvents(configured());
  try {
    const verified = await progressOn(terminal, 'Verifying', (onProgress) =>
      verifyHistory({ feed: stored, eventStore: stored })({ fromSeal, ...believed }, (position, head) =>
        onProgress({ position, head }),
      )(),
    );
    if (E.isLeft(verified)) throw failure(verified.left, fromSeal);
    terminal.print(verified.right, () => shown(verified.right));
    return verified.right.verdict === 'PASS' ? 'done' : 'failed';
  } finally {
    await close();
  }
};
