import { either as E } from 'fp-ts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { allProjections } from '../../../application/operating/all-projections.js';
import { TargetAhead, TargetDiffers } from '../../../application/operating/history/copy-history.js';
import { HistoryUnavailable } from '../../../application/operating/history/export-history.js';
import { ImportFailed } from '../../../application/operating/history/import-history.js';
import { type Config, loadConfig } from '../../config/load-config.js';
import { isEmbedded } from '../../engines/engines.js';
import { keyWrapFault } from '../../engines/key-wrap.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { type Terminal } from '../terminal.js';
import { answerOf } from './answer-of.js';
import { type EnteredEngines, enterEngines } from './entered-engines.js';
import { type LeavingShop, openLeavingShop } from './leaving-shop.js';
import { moveShop, type Target } from './move-shop.js';
import { holdsMessages } from './unanswered.js';

const targetOf = (file: string, here: Config): Config => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CallFailed(`${file} cannot be read`, 'NO_FILE');
  }
  const named = parseEnv(text);
  const config = loadConfig({ ...named });
  if (E.isLeft(config)) throw new CallFailed(`${file}: ${config.left.join('\n')}`);
  const to = config.right;
  if (isEmbedded(to) && named['DATA_DIR'] === undefined)
    throw new CallFailed(`${file} does not say where to: name the engines, or a DATA_DIR for what is on none`);
  const isSameStore = here.EVENTSTORE_URL !== undefined && to.EVENTSTORE_URL === here.EVENTSTORE_URL;
  const isSameDirectory = resolve(to.DATA_DIR) === resolve(here.DATA_DIR);
  if (isSameStore || (isSameDirectory && isEmbedded(here) && isEmbedded(to)))
    throw new CallFailed(
      `${file} names the ${isSameStore ? 'event store' : 'data directory'} that the shop has already`,
    );
  return to;
};

/** Without user and password. Not parsed as a URL, because it may name several hosts. */
const hostsOf = (connection: string): string => /^[\w+]+:\/\/(?:[^@/]*@)?([^/?]*)/.exec(connection)?.[1] ?? '';
const nameOf = ({ EVENTSTORE_URL, DATA_DIR }: Config): string =>
  EVENTSTORE_URL === undefined ? resolve(DATA_DIR) : `the event store at ${hostsOf(EVENTSTORE_URL)}`;

const mustSuit = async (
  shop: LeavingShop,
  { engines }: EnteredEngines,
  to: Config,
  { name: target, sharesLog }: Target,
): Promise<void> => {
  const fault = (await keyWrapFault(shop.dataKeys, to)) ?? (await keyWrapFault(engines().events.dataKeys, to));
  if (fault !== null) throw new CallFailed(fault);
  const departedTo = shop.departedTo();
  if (departedTo === target) return;
  if (departedTo !== null)
    throw new CallFailed(
      `The shop was moved to ${departedTo}: finish that move, or give it up with --undo where nothing was sold there`,
      'NOT_MOVED',
    );
  for (const { name } of allProjections)
    if ((await answerOf('store of the views', engines().state.readModels.builds(name))).all.length > 0)
      throw new CallFailed(
        `Where it is to move there are views of a shop already: ${to.REDIS_URL === undefined ? 'name an empty DATA_DIR' : 'empty that Redis'}`,
        'NOT_EMPTY',
      );
  if (!sharesLog && (await holdsMessages(engines().log.messageLog)))
    throw new CallFailed('Where it is to move there are messages in the log already: empty its topics', 'NOT_EMPTY');
};

const brokenOff = (error: unknown): unknown => {
  if (error instanceof TargetDiffers)
    return new CallFailed(`${error.message}: empty it, unless another move is writing to it`, 'NOT_EMPTY');
  if (error instanceof TargetAhead) return new CallFailed(error.message, 'NOT_EMPTY');
  if (error instanceof ImportFailed || error instanceof HistoryUnavailable)
    return new CallFailed(`${error.message}: run this again`, 'NOT_MOVED');
  return error;
};

/**
 * Moves a shop, embedded and running or on engines and stopped, to the engines that a file of environment variables names.
 * Repeated after a failure, it continues where it was. Rejects with CallFailed.
 */
export const moveToEnv = async (file: string, terminal: Terminal): Promise<'done'> => {
  const here = configured();
  const to = targetOf(file, here);
  const shop = await openLeavingShop(here);
  try {
    const entered = await enterEngines(to);
    try {
      const name = nameOf(to);
      const sharesLog = here.KAFKA_BROKERS !== undefined && String(to.KAFKA_BROKERS) === String(here.KAFKA_BROKERS);
      const target = { name, isEmbedded: to.EVENTSTORE_URL === undefined, sharesLog };
      await mustSuit(shop, entered, to, target);
      const moved = await progressOn(terminal, 'Copying', (onProgress) =>
        moveShop(shop, entered, target, onProgress).catch((error: unknown) => {
          throw brokenOff(error);
        }),
      );
      terminal.print({ to: name, ...moved }, () =>
        [
          `Moved ${moved.events} events to ${name}; requests were refused for ${(moved.closedMs / 1_000).toFixed(1)} s`,
          `  head ${moved.head}, the same on both sides`,
          `  ${moved.unanswered} unanswered requests came along`,
          `Stop the old server, which refuses requests from now on, and start the new ones with ${file}`,
        ].join('\n'),
      );
      return 'done';
    } finally {
      await entered.close();
    }
  } finally {
    await shop.release();
  }
};

/** Lets a shop that was moved away sell from its data directory again. */
export const undoMove = async (terminal: Terminal): Promise<'done'> => {
  const { DATA_DIR } = configured();
  const shop = await openLeavingShop(configured());
  try {
    if (shop.departedTo() === null)
      throw new CallFailed('No move has closed this shop, so there is nothing to undo: start its servers', 'NOT_MOVED');
    await shop.comeBack();
  } finally {
    await shop.release();
  }
  terminal.print({ dataDirectory: DATA_DIR }, () => `${DATA_DIR} sells again: never run both`);
  return 'done';
};
