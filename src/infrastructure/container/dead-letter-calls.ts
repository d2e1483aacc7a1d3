import { iso } from '../../application/kernel/iso.js';
import { function as F, taskEither as TE } from 'fp-ts';
import { type AdminUseCases, type DeadLetterView } from '../../adapters/http/admin-use-cases.js';
import { listDeadLetters, showDeadLetter } from '../../application/operating/dead-letters/find-dead-letters.js';
import { discardDeadLetter } from '../../application/operating/dead-letters/operate-dead-letter.js';
import {
  replayDeadLetter,
  type ReplayDeadLetterPorts,
} from '../../application/operating/dead-letters/replay-dead-letter.js';
import { replayDeadLetters } from '../../application/operating/dead-letters/replay-dead-letters.js';
import { type DeadLetterDocument } from '../../application/operating/dead-letters/views/dead-letters.js';

/** As operators see it: times as ISO-8601. */
const shown = ({ deadLetterId: id, ...letter }: DeadLetterDocument): DeadLetterView => ({
  id,
  topic: letter.origin.topic,
  ...letter,
  firstAttemptAt: iso(letter.firstAttemptAt),
  lastAttemptAt: iso(letter.lastAttemptAt),
  recordedAt: iso(letter.recordedAt),
  history: letter.history.map(({ at, ...done }) => ({ ...done, at: iso(at) })),
});

type DeadLetterCalls = Pick<
  AdminUseCases,
  'listDeadLetters' | 'showDeadLetter' | 'replayDeadLetter' | 'replayDeadLetters' | 'discardDeadLetter'
>;

/** Operators' calls about messages that were set aside. Listed are those nobody has decided about. */
export const deadLetterCalls = (ports: ReplayDeadLetterPorts): DeadLetterCalls => ({
  listDeadLetters: (filter) =>
    F.pipe(
      listDeadLetters(ports)({ ...filter, status: 'OPEN' }),
      TE.map(({ items, nextCursor }) => ({ items: items.map(shown), nextCursor })),
    ),
  showDeadLetter: (id) => F.pipe(showDeadLetter(ports)(id), TE.map(shown)),
  replayDeadLetter: ({ id, dryRun, ...said }) => replayDeadLetter(ports)(id, { dryRun, ...said }),
  replayDeadLetters: ({ topic, dryRun, rate, limit, ...said }, { onProgress, signal }) =>
    replayDeadLetters(ports)({
      topic,
      dryRun,
      ...(rate !== undefined && { rate }),
      ...(limit !== undefined && { limit }),
      onProgress: (done, total) => onProgress({ done, total }),
      signal,
      ...said,
    }),
  discardDeadLetter: ({ id, ...said }) =>
    F.pipe(
      discardDeadLetter(ports)(id, said),
      TE.map(() => ({ id, status: 'DISCARDED' })),
    ),
});
