// node scripts/eventstore-stand-in.mjs DIRECTORY [PORT]: serves the protocol of EventStoreDB from our own store, where no
// EventStoreDB can run. Prints the EVENTSTORE_URL to use; ends with SIGTERM.
import { register } from 'node:module';

register('../test/support/run-typescript.mjs', import.meta.url);
await import('../test/support/eventstoredb-stand-in/serve.ts');
