// node scripts/eventstore-stand-in.mjs DIRECTORY [PORT [VERSION [ADDRESS]]]: serves the protocol of EventStoreDB from our own store, where no
// EventStoreDB can run, as 23.10 (if not told otherwise) or 24.6, on 127.0.0.1 or the address named. Prints the EVENTSTORE_URL to use; ends with SIGTERM.
import { register } from 'node:module';

register('../test/support/run-typescript.mjs', import.meta.url);
await import('../test/support/eventstoredb-stand-in/serve.ts');
