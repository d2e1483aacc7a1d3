import { ALL_PROCESSES, environment } from '../../src/infrastructure/config/environment.js';

const shown = (value: unknown): string => {
  if (value === undefined) return '';
  return String(value) === String(ALL_PROCESSES) ? '`all`' : `\`${String(value)}\``;
};

/** The variables as a table of Markdown: what docs/configuration.md shows. */
export const configurationTable = (): string =>
  [
    '| Variable | Default | Meaning |',
    '|---|---|---|',
    ...Object.entries(environment.shape).map(
      ([name, schema]) => `| \`${name}\` | ${shown(schema.safeParse(undefined).data)} | ${schema.description ?? ''} |`,
    ),
  ].join('\n');
