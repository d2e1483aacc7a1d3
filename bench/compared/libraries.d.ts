// What is used here of the libraries compared with. They are installed beside the product and only to run the bench, so
// the product's own checks must not need them.
declare module 'bullmq' {
  interface Connection {
    readonly connection: { readonly host: string; readonly port: number };
  }
  export interface Job<Data> {
    readonly data: Data;
  }
  export class Queue<Data> {
    constructor(name: string, options: Connection);
    add(
      name: string,
      data: Data,
      options: { readonly jobId: string; readonly removeOnComplete: boolean },
    ): Promise<unknown>;
    addBulk(
      jobs: ReadonlyArray<{
        readonly name: string;
        readonly data: Data;
        readonly opts: { readonly jobId: string; readonly removeOnComplete: boolean };
      }>,
    ): Promise<unknown>;
  }
  export class Worker<Data> {
    constructor(
      name: string,
      process: (job: Job<Data>) => Promise<unknown>,
      options: Connection & { readonly concurrency: number },
    );
    close(): Promise<void>;
  }
}

declare module '@event-driven-io/emmett' {
  export interface EventStore {
    appendToStream(streamId: string, events: ReadonlyArray<object>): Promise<unknown>;
  }
  export const getInMemoryEventStore: () => EventStore;
  export const CommandHandler: <State, Event extends { readonly type: string; readonly data: object }>(options: {
    readonly evolve: (state: State, event: Event) => State;
    readonly initialState: () => State;
  }) => (
    store: EventStore,
    streamId: string,
    handle: (state: State) => ReadonlyArray<Event>,
  ) => Promise<{ readonly newEvents: ReadonlyArray<Event> }>;
}

declare module '@koa/bodyparser' {
  import { type Middleware } from 'koa';
  export function bodyParser(): Middleware;
}
