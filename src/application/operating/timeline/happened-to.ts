import { option as O, type taskEither as TE } from 'fp-ts';
import { answering, type Interruption, orInterrupt } from '../../kernel/projection/interrupted.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { liveBuild } from '../../kernel/projection/projection.js';
import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type ReadModels } from '../../ports/read-models.js';
import { type Happening, toHappening } from './timeline-entry.js';
import { type Mark, ownOf, ownPlace, positionOf, type TimelinePiece, timelinesView } from './timelines.js';

export interface HappenedPorts {
  readonly readModels: ReadModels;
  readonly feed: Pick<EventFeed, 'at'>;
}

export interface Stretch {
  readonly userId: string;
  /** The first position, and the last one; without it as far as is known. */
  readonly from: Position;
  readonly to?: Position;
  readonly limit: number;
}

export interface Happened {
  /** The first so many of the stretch, in order. */
  readonly happenings: ReadonlyArray<Happening>;
  /** Where the next stretch begins, null when this one is told to its end. */
  readonly next: Position | null;
}

/** In order, each once. The index finds a piece once for each of its events: of n found, the first n events are complete, later ones may be missing. */
const firstOf = (pieces: ReadonlyArray<TimelinePiece>, { from, to = Infinity }: Stretch): ReadonlyArray<Mark> => {
  const marks = pieces.flatMap((piece) => piece.marks);
  const found = new Map(marks.map((mark) => [positionOf(mark), mark]));
  return [...found]
    .filter(([position]) => position >= from && position <= to)
    .sort(([one], [other]) => one - other)
    .slice(0, pieces.length)
    .map(([, mark]) => mark);
};

/** What happened to a user: found in the view, and read from the event store, which keeps it. */
export const happenedTo = ({ readModels, feed }: HappenedPorts) => {
  const reader = liveReader(readModels);

  /** Two lists are read one after the other: only what both had seen when the first was read is in order. */
  const seen = async (to = Infinity): Promise<Position> => {
    const live = liveBuild(timelinesView, await orInterrupt(readModels.builds(timelinesView.name)));
    return O.isNone(live) ? to : Math.min(to, await orInterrupt(readModels.checkpoint(live.value)));
  };

  const read = async (marks: ReadonlyArray<Mark>): Promise<ReadonlyArray<Happening>> => {
    const positions = marks.filter((mark) => typeof mark === 'number');
    const events = positions.length === 0 ? [] : await orInterrupt(feed.at(positions));
    const found = new Map(events.map((event: RecordedEvent) => [event.position, event]));
    return marks.flatMap((mark) => {
      if (typeof mark !== 'number') return mark;
      const event = found.get(mark);
      return event === undefined ? [] : toHappening(event);
    });
  };

  return (asked: Stretch): TE.TaskEither<Interruption, Happened> =>
    answering(async () => {
      const { userId, from, limit } = asked;
      const to = await seen(asked.to);
      const most = limit + 1;
      const own = await orInterrupt(reader.within(timelinesView, ownOf(userId), most, ownPlace(from - 1)));
      const range = { index: 'by-user', key: userId, from, to, limit: most };
      const gathered = await orInterrupt(reader.query(timelinesView, range));
      const stretch = { ...asked, to };
      const marks = [...firstOf(own, stretch), ...firstOf(gathered.items, stretch)]
        .sort((one, other) => positionOf(one) - positionOf(other))
        .slice(0, most);
      const behind = marks[limit];
      return {
        happenings: await read(marks.slice(0, limit)),
        next: behind === undefined ? null : positionOf(behind),
      };
    });
};
