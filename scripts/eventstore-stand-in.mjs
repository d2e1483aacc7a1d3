// node scripts/eventstore-stand-in.mjs DIRECTORY [PORT [VERSION]]: serves the protocol of EventStoreDB from our own store, where no
// EventStoreDB can run, as 23.10 (if not told otherwise) or 24.6. Prints the EVENTSTORE_URL to use; ends with SIGTERM.
import { register } from 'node:module';

register('../test/support/run-typescript.mjs', import.meta.url);
await import('../test/support/eventstoredb-stand-in/serve.ts');
