import { type News } from './options.js';

/** Tells once when the server cannot be reached any more and once when it answers again, however many calls fail in between. */
export class Outage {
  private beganAt: number | null = null;
  private failedAt = -Infinity;

  constructor(private readonly tell: (news: News) => void) {}

  failed(error: unknown): void {
    this.failedAt = performance.now();
    if (this.beganAt !== null) return;
    this.beganAt = this.failedAt;
    this.tell({ level: 'warn', what: 'the event store cannot be reached', error });
  }

  /** A call that began at `since`, by the monotonic clock. What was answered to an earlier one says nothing of now. */
  answered(since: number): void {
    if (this.beganAt === null || since < this.failedAt) return;
    const seconds = Math.round((performance.now() - this.beganAt) / 1_000);
    this.beganAt = null;
    this.tell({ level: 'info', what: `the event store answers again, after ${seconds} s` });
  }
}
