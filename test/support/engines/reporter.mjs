import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** At the end of a run: which engines every suite ran against, what did not run, and whether it had to. */
export default class EnginesReporter {
  onRunComplete(_contexts, { testResults }) {
    const dir = join(process.env.TEST_RUN_DIR, 'suites');
    const notes = existsSync(dir)
      ? readdirSync(dir).map((file) => JSON.parse(readFileSync(join(dir, file), 'utf8')))
      : [];
    const nameOf = (path) => relative(process.cwd(), path);
    const used = new Set(notes.map(({ suite }) => suite));
    const alone = testResults.filter(({ testFilePath }) => !used.has(testFilePath)).length;

    const lines = ['kafka', 'redis', 'eventstore', 'chromium', 'namespaces', 'network', 'zsh', 'promtool'].flatMap(
      (engine) => {
        const suites = notes.filter((note) => note.engine === engine);
        const ran = suites.filter((note) => note.ran);
        const not = suites.filter((note) => !note.ran);
        return [
          ...(ran.length > 0
            ? [
                `  ${engine}, ${ran[0].origin}: ${ran
                  .map((note) => nameOf(note.suite))
                  .sort()
                  .join(', ')}`,
              ]
            : []),
          ...(not.length > 0
            ? [
                `  ${engine}, NOT RUN (${not[0].origin}): ${not
                  .map((note) => nameOf(note.suite))
                  .sort()
                  .join(', ')}`,
              ]
            : []),
        ];
      },
    );
    if (lines.length === 0)
      lines.push('  none: `npm run test:engines` runs the suites that start servers, engines or a browser');
    console.log(['\nEngines', ...lines, `  Node alone: ${alone} ${alone === 1 ? 'suite' : 'suites'}`].join('\n'));

    const required = (process.env.REQUIRE_ENGINES ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    const absent = required.filter((engine) => !notes.some((note) => note.engine === engine && note.ran));
    if (absent.length > 0) this.error = new Error(`REQUIRE_ENGINES: no suite ran against ${absent.join(', ')}`);
    if (this.error) console.error(this.error.message);
  }

  getLastError() {
    return this.error;
  }
}
