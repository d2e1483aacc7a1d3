import { type Position, type RecordedEvent } from '../../../src/application/ports/event-store.js';

/** The versions of the server that the stand-in knows how to behave as. */
export const VERSIONS = ['23.10', '24.6'] as const;
export type Version = (typeof VERSIONS)[number];

export const RELEASES: Readonly<Record<Version, string>> = { '23.10': '23.10.6', '24.6': '24.6.0' };

/** Who may call, and as what; as in a server, all may be done by admins, and others may not read all events unless told. */
export interface User {
  readonly password: string;
  readonly admin?: boolean;
}

export interface Tls {
  readonly key: Buffer;
  readonly certificate: Buffer;
}

/** A node of a cluster, as the nodes tell each other. */
export interface Node {
  readonly port: number;
  readonly isAlive: boolean;
  readonly state: 'LEADER' | 'FOLLOWER' | 'UNKNOWN';
}

/** How a stand-in differs from a plain server of the version. */
export interface Behaviour {
  readonly version?: Version;
  /** By name. Absent: whoever calls may do everything, as on an insecure server. */
  readonly users?: Readonly<Record<string, User>>;
  readonly tls?: Tls;
  /** All nodes of its cluster, itself among them. Absent: it is alone, and leads. */
  readonly nodes?: () => ReadonlyArray<Node>;
  /** Told of every subscription, with a way to end it as a server does in good order. */
  readonly onSubscription?: (end: () => void) => void;
  /** Told of every stream of appends, with a way to end its own half of it. */
  readonly onAppends?: (end: () => void) => void;
  /** Waited for before each event of a read is sent: a server that stops in the middle. */
  readonly beforeEach?: (event: RecordedEvent) => Promise<void>;
  /** Waited for before an append is written. */
  readonly beforeAppend?: (streamId: string) => Promise<void>;
  /** Told of an append that was dropped because the same one is being written. */
  readonly onDropped?: () => void;
  /** A checkpoint sent after every event a subscription has come by, and where it begins and catches up; null for none. */
  readonly checkpoint?: (cameBy: Position) => bigint | null;
}

/** What a position of -1 is on the wire. */
export const MINUS_ONE = 2n ** 64n - 1n;
