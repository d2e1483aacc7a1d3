import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What the lint rules say of a file of the application that reads like this. */
const complaintsOn = async (code: string, filename: string): Promise<ReadonlyArray<number>> => {
  const args = ['--stdin', '--stdin-filename', filename, '--format', 'json'];
  const eslint = spawn('node_modules/.bin/eslint', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  eslint.stdin.end(code);
  const [result]: ReadonlyArray<{ messages: ReadonlyArray<{ ruleId: string; line: number }> }> = JSON.parse(
    await text(eslint.stdout),
  );
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-syntax').map(({ line }) => line);
};

const code = [
  'export const moment = Date.now();',
  'export const date = new Date();',
  'export const told = new Date(0);',
  'export const soon = (clock: { now: () => number; wakeAt: (at: number) => void }) => clock.wakeAt(clock.now() + 5);',
  'export const later = (clock: { wakeIn: (ms: number) => void }) => clock.wakeIn(5);',
].join('\n');

test('the calendar is read in one place, and no wait is measured by it', async () => {
  expect(await complaintsOn(code, 'src/application/projecting/pause.ts')).toEqual([1, 2, 4]);
  expect(await complaintsOn(code, 'src/infrastructure/system/system-clock.ts')).toEqual([]);
});
