import { type Command } from 'commander';
import { z } from 'zod';
import { MOST_ON_PAGE } from '../../adapters/http/schemas/fields.js';
import { get } from './admin-client.js';
import { ask } from './command.js';
import { wholeNumber } from './option-values.js';
import { table } from './terminal.js';

interface Listing<Item> {
  /** Where the list is asked for, by what the command was given. */
  readonly path: (id: string | undefined) => string;
  readonly item: z.ZodType<Item>;
  readonly head: ReadonlyArray<string>;
  readonly row: (item: Item) => ReadonlyArray<string | number>;
  /** What is said where there is nothing to list. */
  readonly none: (id: string | undefined) => string;
  /** Options that become part of the query under their own names. */
  readonly filters?: ReadonlyArray<string>;
  /** How many are shown where it is not said. */
  readonly usual?: number;
}

/** Makes `command` list what the server answers page by page: as a table, and below it how to go on where there is more. */
export const listing = <Item>(
  command: Command,
  { path, item, head, row, none, filters = [], usual = 50 }: Listing<Item>,
): void => {
  command
    .option('--limit <n>', `how many to show, at most ${MOST_ON_PAGE}`, wholeNumber(MOST_ON_PAGE), usual)
    .option('--cursor <cursor>', 'continue after the page that printed this cursor');
  const inQuery = ['limit', 'cursor', ...filters];
  ask(command, {
    options: z.record(z.string(), z.unknown()),
    answer: z.object({ items: z.array(item), nextCursor: z.string().nullable() }),
    call: ([id], given) => {
      const said = Object.entries(given).filter(([name]) => inQuery.includes(name));
      const query = Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
      return get(`${path(id)}?${new URLSearchParams(query)}`);
    },
    text: ({ items, nextCursor }, [id]) => {
      const shown = items.length === 0 ? none(id) : table(head, items.map(row));
      return nextCursor === null ? shown : `${shown}\nMore: --cursor ${nextCursor}`;
    },
  });
};
