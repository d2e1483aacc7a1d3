import { openMessageLog } from '../../../src/adapters/embedded/message-log/open-message-log.js';
import { messageLogContract, type OpenedMessageLog } from '../../contracts/message-log.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const openIn = async (directory: string): Promise<OpenedMessageLog> => {
  const data = await openedDirectory(directory);
  const log = openMessageLog(data.root, { backOff: { firstMs: 2, maxMs: 20 } });
  const close = async () => {
    await log.close();
    await data.close();
  };
  const reopen = async () => {
    await close();
    return openIn(directory);
  };
  return { log, reopen, close };
};

messageLogContract('The embedded log', () => openIn(newDirectory()));
