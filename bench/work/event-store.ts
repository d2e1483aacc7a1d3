import { either as E } from 'fp-ts';
import { z } from 'zod';
import { openDataDirectory } from '../../src/adapters/embedded/environment/index.js';
import { openEventStore } from '../../src/adapters/embedded/event-store/open-event-store.js';
import { startStandIn } from '../../test/support/eventstoredb-stand-in/stand-in.js';
import { answering } from '../harness/answering.js';

/** The stand-in for EventStoreDB, on a fresh store of ours, in a process of its own. */
answering(z.object({ directory: z.string() }), async ({ directory }) => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  const { connectionString } = await startStandIn(openEventStore(opened.right.root));
  return { url: connectionString };
});
