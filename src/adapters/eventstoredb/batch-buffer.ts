import { setTimeout as sleep } from 'node:timers/promises';
import { type FeedBatch } from '../../application/ports/event-feed.js';
import { type Position, type RecordedEvent } from '../../application/ports/event-store.js';

/** The server pushes event by event. Each batch costs its handler a write: many of one event are dearer than this wait. */
const GATHER_MS = 1;

/** Between a server that pushes and a handler that takes a batch at a time. Bounded: who fills it must heed `isFull`. */
export class BatchBuffer {
  private events: RecordedEvent[] = [];
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

  add(event: RecordedEvent): void {
    // After a new subscription the server may begin with what is known already.
    if (event.position <= this.received) return;
    this.events.push(event);
    this.received = event.position;
    this.wakeReader();
  }

  /** The server has looked this far and found nothing that was asked for. */
  passed(position: Position): void {
    this.received = Math.max(this.received, position);
    this.wakeReader();
  }

  caughtUp(): void {
    this.upToDate = true;
    this.wakeReader();
  }

  isFull(): boolean {
    return this.events.length >= 2 * this.batchSize;
  }

  untilRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.wakeWriter = resolve;
    });
  }

  /** The batch to handle, the same one until `handled`; null when aborted. */
  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    while (this.current === null && !signal.aborted) {
      if (this.received > this.delivered) this.current = this.take();
      else {
        await this.something(signal);
        // Whoever was waiting is handed the first event together with those that were appended with it.
        await sleep(GATHER_MS);
      }
    }
    return signal.aborted ? null : this.current;
  }

  handled(): void {
    if (this.current !== null) this.delivered = this.current.position;
    this.current = null;
  }

  private take(): FeedBatch {
    const events = this.events.splice(0, this.batchSize);
    const drained = this.events.length === 0;
    const last = events.at(-1);
    if (!this.isFull()) this.wakeWriter();
    return {
      events,
      position: drained || last === undefined ? this.received : last.position,
      caughtUp: drained && this.upToDate,
    };
  }

  private something(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.wakeReader = wake;
      signal.addEventListener('abort', wake);
    });
  }
}
