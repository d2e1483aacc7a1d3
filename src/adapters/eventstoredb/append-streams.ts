import { type Proposal } from './append-messages.js';
import { type AppendCall, AppendStream, type Commit } from './append-stream.js';

/** A server allows a connection a hundred streams, and reads and subscriptions need some of them. */
const MOST = 32;

/** The streams of messages that the appends of a client share: one is opened when all that are open have something to send. */
export class AppendStreams {
  private readonly streams = new Set<AppendStream>();

  constructor(private readonly openCall: () => Promise<AppendCall>) {}

  /** Where its last event stands. Rejects with what the server said, or with how the connection ended; not by itself. */
  append(proposal: Proposal, signal: AbortSignal): Promise<Commit> {
    const [first, ...others] = this.streams;
    const freest = others.reduce((one, other) => (other.unsent() < (one?.unsent() ?? 0) ? other : one), first);
    const isTaken = freest !== undefined && (freest.unsent() === 0 || this.streams.size === MOST);
    return (isTaken ? freest : this.open()).append(proposal, signal);
  }

  private open(): AppendStream {
    const opened: AppendStream = new AppendStream(this.openCall(), () => this.streams.delete(opened));
    this.streams.add(opened);
    return opened;
  }
}
