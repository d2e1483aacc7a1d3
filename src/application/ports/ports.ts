import { type taskEither as TE } from 'fp-ts';
import { type AdmissionGate } from './admission-gate.js';
import { type EventFeed, type EventStore } from './event-store.js';
import { type Leases } from './leases.js';
import { type MessageLog } from './message-log.js';
import { type Passes } from './passes.js';
import { type PaymentGateway } from './payment-gateway.js';
import { type ReadModels } from './read-models.js';
import { type Snapshots } from './snapshots.js';

/**
 * When the holder of a waiting token was last seen. Advisory and forgetful: where memory does not reach back far enough
 * it answers the moment from which it does, so that nobody is taken for gone who may only have been forgotten.
 */
export interface Presence {
  /** A sign of life. Never waited for. */
  readonly touch: (tokenId: string, at: number) => void;
  /** The last sign, or if there was none, the moment from which every sign would be remembered. Epoch milliseconds. */
  readonly lastSeen: (tokenId: string) => TE.TaskEither<'PresenceUnavailable', number>;
  /** From when on every sign is remembered. */
  readonly since: () => TE.TaskEither<'PresenceUnavailable', number>;
}

/**
 * Reminds of something at a moment, on whichever process listens. A hint, which makes prompt what looking now and then
 * guarantees: it may come late, twice or never.
 */
export interface Reminders {
  /** Sets the reminder of this id, or moves it. Epoch milliseconds. Never waited for. */
  readonly remind: (id: string, at: number) => void;
  readonly forget: (id: string) => void;
  /** `reminded` gets the id, or null when some may have been missed. Returns how to stop. */
  readonly listen: (reminded: (id: string | null) => void) => () => void;
}

/** One number as it is counted now, under its labels. */
export interface Measurement {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What this process counts, to be looked at: of a histogram its cumulative buckets, with the label `le` in seconds. */
export interface Measurements {
  readonly read: (names: ReadonlyArray<string>) => Promise<ReadonlyArray<Measurement>>;
}

/** Labels that are frozen belong to one metric alone, and are looked up once. */
export interface Metrics {
  readonly count: (name: string, labels?: Readonly<Record<string, string>>, by?: number) => void;
  readonly gauge: (name: string, value: number, labels?: Readonly<Record<string, string>>) => void;
  /** Seconds. `traceparent`, if it is sampled, is kept as an example of what took so long. */
  readonly observe: (
    name: string,
    seconds: number,
    labels?: Readonly<Record<string, string>>,
    traceparent?: string,
  ) => void;
}

/** Structured lines for operators. Never the place of a fact: facts are events. */
export interface Log {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** Fresh ids, unique everywhere and for ever: UUIDv7, so that they sort by time. */
export interface Ids {
  readonly next: () => string;
}

/**
 * A clock beside the one of this process, as far from its faults as the deployment allows. What must not happen before
 * its time happens only when both say that it has come.
 */
export interface SecondClock {
  /** Epoch milliseconds. */
  readonly now: () => TE.TaskEither<'ClockUnavailable', number>;
}

/**
 * Two clocks. The calendar's tells moments, which are recorded and compared with other moments; it may be set forward and
 * back at any time. Waits, time-outs and everything that lasts are measured by the other, which only goes forward.
 */
export interface Clock {
  /** Now, in epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once the moment `at` has come; tests move the time. Returns how to cancel. */
  readonly wakeAt: (at: number, wake: () => void) => () => void;
  /** Milliseconds since some moment of this process: only differences mean something. Never goes back. */
  readonly elapsed: () => number;
  /** Calls back when `ms` have passed, whatever becomes of the calendar. Returns how to cancel. */
  readonly wakeIn: (ms: number, wake: () => void) => () => void;
}

export interface Alert {
  readonly title: string;
  readonly text: string;
  /** Alerts of one key are sent at most once a minute, with a count of what was held back. */
  readonly key: string;
}

/** Tells a human. Losing an alert loses no fact. */
export interface Alerts {
  readonly raise: (alert: Alert) => TE.TaskEither<'AlertsUnavailable', void>;
}

/** The ports that many work with, each under its usual name: `Pick<Ports, …>` says which of them somebody needs. */
export interface Ports {
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly eventStore: EventStore;
  readonly feed: EventFeed;
  readonly gate: AdmissionGate;
  readonly gateway: PaymentGateway;
  readonly ids: Ids;
  readonly leases: Leases;
  readonly log: Log;
  readonly logger: Log;
  readonly messageLog: MessageLog;
  readonly metrics: Metrics;
  readonly passes: Passes;
  readonly presence: Presence;
  readonly readModels: ReadModels;
  readonly reminders: Reminders;
  readonly snapshots: Snapshots;
}
