import { type Command } from 'commander';
import { z } from 'zod';
import { MOST_ON_PAGE } from '../../adapters/http/schemas/fields.js';
import { ask, withSharedOptions } from './command.js';
import { wholeNumber } from './option-values.js';
import { table } from './terminal.js';

interface Listing<Item> {
  /** Where the list is asked for, by what the command was given. */
  readonly path: (...given: ReadonlyArray<unknown>) => string;
  readonly item: z.ZodType<Item>;
  readonly head: ReadonlyArray<string>;
  readonly row: (item: Item) => ReadonlyArray<string | number>;
  /** What is said where there is nothing to list. */
  readonly none: (...given: ReadonlyArray<unknown>) => string;
  /** Options that become part of the query under their own names. */
  readonly filters?: z.ZodRawShape;
  /** How many are shown where it is not said. */
  readonly usual?: number;
}

/** The query of a list: how many, from where on, and what else it may be asked for. */
const queryOf = (options: unknown, filters: z.ZodRawShape): URLSearchParams => {
  const asked = z.object({ limit: z.coerce.string(), cursor: z.string().optional(), ...filters }).parse(options);
  return new URLSearchParams(Object.entries(z.record(z.string(), z.string()).parse(asked)));
};

/** Makes `command` list what the server answers page by page: as a table, and below it how to go on where there is more. */
export const listing = <Item>(
  command: Command,
  { path, item, head, row, none, filters = {}, usual = 50 }: Listing<Item>,
): void => {
  command
    .option('--limit <n>', `how many to show, at most ${MOST_ON_PAGE}`, wholeNumber(MOST_ON_PAGE), usual)
    .option('--cursor <cursor>', 'continue after the page that printed this cursor');
  withSharedOptions(command).action(
    ask(
      z.object({ items: z.array(item), nextCursor: z.string().nullable() }),
      (...given) => ({ method: 'GET', path: `${path(...given)}?${queryOf(given.at(-2), filters)}` }),
      ({ items, nextCursor }, ...given) => {
        const shown = items.length === 0 ? none(...given) : table(head, items.map(row));
        return nextCursor === null ? shown : `${shown}\nMore: --cursor ${nextCursor}`;
      },
    ),
  );
};
