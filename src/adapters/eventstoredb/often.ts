import { type News } from './options.js';

const EVERY_MS = 60_000;

/** Tells what happens often once a minute, with how many times since. */
export class Often {
  private readonly kinds = new Map<string, { toldAt: number; untold: number }>();

  constructor(private readonly onNews: (news: News) => void) {}

  tell(news: News): void {
    const now = performance.now();
    const kind = this.kinds.get(news.what) ?? { toldAt: -Infinity, untold: 0 };
    this.kinds.set(news.what, kind);
    kind.untold += 1;
    if (now - kind.toldAt < EVERY_MS) return;
    this.onNews({ ...news, times: kind.untold });
    kind.toldAt = now;
    kind.untold = 0;
  }
}
