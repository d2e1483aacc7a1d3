import { type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type Received } from './batch-buffer.js';

/** For readers that were too slow for a moment. */
const KEPT = 5000;
/** The last events that came in, in order: all that any reader wants behind a position. */

export class RecentEvents {
  private events: Received[] = [];

  /** `before`: how many events of an append begun before are still to come. */
  constructor(
    private after: Position,
    private readonly before = 0,
  ) {}

  add(received: Received): void {
    this.events.push(received);
    if (this.events.length < 2 * KEPT) return;
    this.after = this.events.splice(0, KEPT).at(-1)?.event.position ?? this.after;
  }

  covers(seen: Position): boolean {
    return seen >= this.after;
  }

  behind(seen: Position): ReadonlyArray<Received> {
    return this.events.slice(this.events.findLastIndex(({ event }) => event.position <= seen) + 1);
  }

  at(position: Position): RecordedEvent | undefined {
    return this.events.findLast(({ event }) => event.position === position)?.event;
  }

  /** How many events of the last append are still to come. */
  toFollow(): number {
    return this.events.at(-1)?.following ?? this.before;
  }
}
