import { setTimeout as sleep } from 'node:timers/promises';
import { type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type FeedBatch } from '../../application/ports/event-feed.js';

/** The server pushes event by event. Each batch costs its handler a write: many of one event are dearer than this wait. */
const GATHER_MS = 1;

export interface Received {
  readonly event: RecordedEvent;
  /** How many events of the same append come after it. */
  readonly following: number;
}

/** Resolves when the function that is handed out is called, or when aborted; leaves no listener behind. */
const untilWoken = (signal: AbortSignal, handOut: (wake: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = (): void => {
      signal.removeEventListener('abort', wake);
      resolve();
    };
    handOut(wake);
    signal.addEventListener('abort', wake);
  });

/**
 * Between a server that pushes and a handler that takes a batch at a time. What was appended together is handed over
 * together, unless it is more than a batch: nobody is to see half a decision. Bounded: who fills it must heed `isFull`.
 */
export class BatchBuffer {
  private events: Received[] = [];
  private current: FeedBatch | null = null;
  private delivered: Position;
  private upToDate = false;
  private wakeReader: () => void = () => undefined;
  private wakeWriter: () => void = () => undefined;
  /** Everything up to here has come in. */
  received: Position;

  constructor(
    after: Position,
    private readonly batchSize: number,
  ) {
    this.received = after;
    this.delivered = after;
  }

  add(event: RecordedEvent, following = 0): void {
    // After a new subscription the server may begin with what is known already.
    if (event.position <= this.received) return;
    this.events.push({ event, following });
    this.received = event.position;
    this.wakeReader();
  }

  /** Nothing that was asked for stands up to here. */
  passed(position: Position): void {
    this.received = Math.max(this.received, position);
    this.wakeReader();
  }

  caughtUp(): void {
    this.upToDate = true;
    // What should still follow is not there any more: the server forgot it.
    const last = this.events.pop();
    if (last !== undefined) this.events.push({ ...last, following: 0 });
    this.wakeReader();
  }

  /** More is recorded than came in: what has come in so far is not up to date. */
  fellBehind(): void {
    this.upToDate = false;
  }

  isFull(): boolean {
    return this.events.length >= 2 * this.batchSize;
  }

  untilRoom(signal: AbortSignal): Promise<void> {
    return untilWoken(signal, (wake) => (this.wakeWriter = wake));
  }

  /** The batch to handle, the same one until `handled`; null when aborted. */
  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    while (this.current === null && !signal.aborted) {
      this.current = this.received > this.delivered ? this.take() : null;
      if (this.current !== null) break;
      await this.something(signal);
      await sleep(GATHER_MS);
    }
    return signal.aborted ? null : this.current;
  }

  handled(): void {
    if (this.current !== null) this.delivered = this.current.position;
    this.current = null;
  }

  /** Null while there is only the beginning of an append. */
  private take(): FeedBatch | null {
    const count = this.whole();
    if (count === 0 && this.events.length > 0) return null;
    const events = this.events.splice(0, count).map(({ event }) => event);
    const drained = this.events.length === 0;
    const last = events.at(-1);
    if (!this.isFull()) this.wakeWriter();
    return {
      events,
      position: drained || last === undefined ? this.received : last.position,
      caughtUp: drained && this.upToDate,
    };
  }

  /** How many to hand over: as many whole appends as a batch holds. */
  private whole(): number {
    const most = Math.min(this.events.length, this.batchSize);
    let count = most;
    while (count > 0 && this.goesOn(count - 1)) count -= 1;
    return count === 0 && most === this.batchSize ? most : count;
  }

  private goesOn(index: number): boolean {
    const [one, next] = [this.events[index], this.events[index + 1]];
    if (one === undefined || one.following === 0) return false;
    return next === undefined ? this.received === one.event.position : next.event.streamId === one.event.streamId;
  }

  private something(signal: AbortSignal): Promise<void> {
    return untilWoken(signal, (wake) => (this.wakeReader = wake));
  }
}
