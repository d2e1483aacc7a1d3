import { type Command, Option } from 'commander';
import { either as E } from 'fp-ts';
import { constants, setPriority } from 'node:os';
import { z } from 'zod';
import { checkData } from '../../../adapters/embedded/backup/check-data.js';
import { type DataCheck } from '../../../adapters/embedded/backup/data-check.js';
import { type BackupFault } from '../../../adapters/embedded/backup/fault.js';
import { restoreBackup } from '../../../adapters/embedded/backup/restore-backup.js';
import { takeBackup } from '../../../adapters/embedded/backup/take-backup.js';
import { holdsData } from '../../../adapters/embedded/environment/index.js';
import { openStoredEvents } from '../../../adapters/embedded/event-store/open-stored-events.js';
import { type HistoryVerified, verifyHistory } from '../../../application/operating/history/verify-history.js';
import { version } from '../../version.js';
import { locally } from '../command.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { type Terminal } from '../terminal.js';

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

const dataDirectory = (): string => configured().DATA_DIR;

const orFail = <A>(answer: E.Either<BackupFault, A>): A => {
  if (E.isLeft(answer)) throw new CallFailed(answer.left.message, answer.left.code);
  return answer.right;
};

const options = z.object({
  since: z.string().optional(),
  compact: z.boolean().default(false),
  erased: z.array(z.string()).default([]),
});

const size = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const heldIn = (head: number): string =>
  head < 0 ? 'no events. Back up the server that has them, too' : `everything up to event ${head}`;

/** Rows copied, as a bar. */
const withBar = <A>(terminal: Terminal, label: string, work: (at: (done: number, of: number) => void) => Promise<A>) =>
  progressOn(terminal, label, (onProgress) => work((done, total) => onProgress({ done, total })));

const backup = async (
  target: string,
  since: string | undefined,
  compact: boolean,
  terminal: Terminal,
): Promise<'done'> => {
  // A sale goes first: where the processors are busy, the copy gets what is left of them.
  setPriority(constants.priority.PRIORITY_LOW);
  const now = new Date(performance.timeOrigin + performance.now()).toISOString();
  const { manifest, written, shared } = orFail(
    await withBar(terminal, 'Backing up', (onProgress) =>
      takeBackup({ dataDirectory: dataDirectory(), target, since: since ?? null, compact, version, now, onProgress }),
    ),
  );
  const { head, takenAt } = manifest;
  terminal.print({ backup: target, takenAt, head, written, shared }, () =>
    [
      `Backed up to ${target}, as of ${takenAt}: ${heldIn(head)}`,
      `  ${size(written)} written${since === undefined ? '' : `, ${size(shared)} shared with ${since}`}`,
    ].join('\n'),
  );
  return 'done';
};

const restore = async (source: string, erased: ReadonlyArray<string>, terminal: Terminal): Promise<'done'> => {
  const target = dataDirectory();
  const { manifest, keptErased } = orFail(
    await withBar(terminal, 'Restoring', (onProgress) =>
      restoreBackup({ backup: source, dataDirectory: target, erased, onProgress }),
    ),
  );
  const { head, takenAt, doorbuster } = manifest;
  terminal.print({ dataDirectory: target, takenAt, head, doorbuster, keptErased }, () =>
    [
      `Restored to ${target}, as of ${takenAt}: ${heldIn(head)}`,
      erased.length === 0
        ? '  Users who were erased after that are readable again: erase them again, or restore with --erased'
        : `  ${keptErased.length} users who were erased after that stay erased`,
    ].join('\n'),
  );
  return 'done';
};

const check = async (terminal: Terminal): Promise<'done' | 'failed'> => {
  const { DATA_DIR: directory, EVENTSTORE_URL } = configured();
  if (!holdsData(directory)) throw new CallFailed(`There is no data in ${directory}`, 'NO_DATA');
  const seals = EVENTSTORE_URL === undefined ? [await checkSeals(directory)] : [];
  const checks = [...(await checkData(directory)), ...seals];
  const verdict = checks.every(({ ok }) => ok) ? 'PASS' : 'FAIL';
  terminal.print({ verdict, checks }, () =>
    [
      `${verdict} ${directory}`,
      ...checks.map(
        ({ ok, name, looked, details }) =>
          `  ${ok ? '✓' : '✗'} ${name}: ${ok ? `${looked} looked at` : details.join('; ')}`,
      ),
    ].join('\n'),
  );
  return verdict === 'PASS' ? 'done' : 'failed';
};

/** `backup`, `restore` and `check`: of the data directory that DATA_DIR names, beside a server that runs on it. */
export const backupCommands = (program: Command): void => {
  const taking = program
    .command('backup <directory>')
    .description('copy everything in DATA_DIR; works a quarter of the time while a server uses it')
    .option('--since <backup>', 'an earlier backup: files that did not change are linked instead of written again')
    .addOption(
      new Option(
        '--compact',
        'copy the database as one file without its empty pages: quicker to restore, but shares nothing with other backups',
      ).conflicts('since'),
    );
  locally(taking, options, ({ since, compact }, terminal, [target = '']) => backup(target, since, compact, terminal));

  const restoring = program
    .command('restore <directory>')
    .description('create DATA_DIR from a backup; checks all of the backup first and refuses a damaged one')
    .option('--erased <place...>', 'later backups or data directories: users erased according to them stay erased');
  locally(restoring, options, ({ erased }, terminal, [source = '']) => restore(source, erased, terminal));

  const checking = program
    .command('check')
    .description(
      'read everything in DATA_DIR and check that it is consistent, and that events are as they were sealed',
    );
  locally(checking, options, (_, terminal) => check(terminal));
};
