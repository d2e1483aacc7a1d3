import { type LoggedMessage, type Message } from '../../../application/ports/message-log.js';

/** What a message weighs in memory, roughly. */
const charactersOf = ({ key, value, headers }: Message): number => {
  let characters = key.length + value.length;
  for (const name in headers) characters += name.length + (headers[name]?.length ?? 0);
  return characters;
};

/** The latest messages of a partition, so that whoever keeps up needs neither disk nor decoding. Bounded by weight. */
export class RecentMessages {
  private messages: LoggedMessage[] = [];
  private characters = 0;

  /** `first`: everything from this offset on will be here, until it grows too heavy. */
  constructor(
    private first: number,
    private readonly maxCharacters: number,
  ) {}

  /** The next in order of offset. */
  add(message: LoggedMessage): void {
    this.messages.push(message);
    this.characters += charactersOf(message);
    if (this.characters > this.maxCharacters) this.dropOldest();
  }

  /** Null when some of them are no longer here. */
  from(offset: number, limit: number): ReadonlyArray<LoggedMessage> | null {
    if (offset < this.first) return null;
    return this.messages.slice(offset - this.first, offset - this.first + limit);
  }

  /** Down to half, so that moving the rest is paid once in a while and not at every message. */
  private dropOldest(): void {
    let dropped = 0;
    while (this.characters > this.maxCharacters / 2 && dropped < this.messages.length) {
      const oldest = this.messages[dropped++];
      if (oldest !== undefined) this.characters -= charactersOf(oldest);
    }
    this.messages = this.messages.slice(dropped);
    this.first += dropped;
  }
}
