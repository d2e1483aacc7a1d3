import { type Container, type ResolutionContext, type ServiceIdentifier } from 'inversify';
import { Tokens as T } from './tokens.js';

interface Bindings {
  readonly get: <A>(token: ServiceIdentifier<A>) => A;
}

/** What use cases and processes are made of, by name; each is opened when it is first read: take out what is needed, and no more. */
export const boundIn = (bindings: Bindings) => ({
  get config() {
    return bindings.get(T.Config);
  },
  get engines() {
    return bindings.get(T.Engines);
  },
  get alerts() {
    return bindings.get(T.Alerts);
  },
  get clock() {
    return bindings.get(T.Clock);
  },
  get secondClock() {
    return bindings.get(T.SecondClock);
  },
  get ids() {
    return bindings.get(T.Ids);
  },
  get metrics() {
    return bindings.get(T.Metrics);
  },
  get logger() {
    return bindings.get(T.Log);
  },
  get eventStore() {
    return bindings.get(T.EventStore);
  },
  get feed() {
    return bindings.get(T.EventFeed);
  },
  get snapshots() {
    return bindings.get(T.Snapshots);
  },
  get snapshotKeeper() {
    return bindings.get(T.SnapshotKeeper);
  },
  get messageLog() {
    return bindings.get(T.MessageLog);
  },
  get requestLog() {
    return bindings.get(T.RequestLog);
  },
  get readModels() {
    return bindings.get(T.ReadModels);
  },
  get leases() {
    return bindings.get(T.Leases);
  },
  get gate() {
    return bindings.get(T.Gate);
  },
  get presence() {
    return bindings.get(T.Presence);
  },
  get passes() {
    return bindings.get(T.Passes);
  },
  get parkedStreams() {
    return bindings.get(T.ParkedStreams);
  },
  get personalData() {
    return bindings.get(T.PersonalData);
  },
  get issueReceipt() {
    return bindings.get(T.IssueReceipt);
  },
  get requireActive() {
    return bindings.get(T.RequireActive);
  },
  get orders() {
    return bindings.get(T.Orders);
  },
});

/** Binds what is made of all this: once, when it is first asked for. */
export const bindOnce = <A>(
  container: Container,
  token: ServiceIdentifier<A>,
  make: (bound: ReturnType<typeof boundIn>, context: ResolutionContext) => A,
): void => {
  container
    .bind(token)
    .toDynamicValue((context) => make(boundIn(context), context))
    .inSingletonScope();
};
