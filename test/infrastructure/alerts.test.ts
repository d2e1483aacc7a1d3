import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { note } from '../support/engines/describe-with.js';

const rule = z.object({
  alert: z.string(),
  labels: z.object({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.object({ summary: z.string(), runbook: z.string() }),
});
const read = (file: string): unknown => parse(readFileSync(file, 'utf8'));
const alerts = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(read('deploy/prometheus/alerts.yml'))
  .groups.flatMap(({ rules }) => rules);

/** The sections of a page, by the anchors that lead to them. */
const sectionsOf = (page: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(page, 'utf8')
      .split(/^#{1,3} /m)
      .slice(1)
      .map((section) => {
        const [title = '', ...text] = section.split('\n');
        return [
          `${page}#${title
            .toLowerCase()
            .replace(/[^\w -]/g, '')
            .replaceAll(' ', '-')}`,
          text.join('\n'),
        ];
      }),
  );

test.each(alerts)(
  '$alert leads to what it means, how to see it, what to do and when to wake somebody',
  ({ annotations }) => {
    const section = sectionsOf('docs/runbook.md').get(annotations.runbook) ?? '';
    for (const word of ['Means', 'See', 'Do', 'Wake somebody']) expect(section).toContain(`**${word}**:`);
  },
);

const promtool = spawnSync('promtool', ['--version'], { encoding: 'utf8' });
const hasPromtool = promtool.status === 0;
const reason = promtool.error?.message ?? promtool.stderr;
await note('promtool', hasPromtool, hasPromtool ? (promtool.stdout.split('\n')[0] ?? '') : reason);

const cases = z
  .object({
    tests: z.array(
      z.object({
        name: z.string(),
        alert_rule_test: z.array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })),
      }),
    ),
  })
  .parse(read('deploy/prometheus/alerts.test.yml'))
  .tests.flatMap(({ alert_rule_test }) => alert_rule_test);

test('every alert has a case in which it fires, and one in which it does not', () => {
  const names = (fires: boolean): ReadonlyArray<string> => [
    ...new Set(cases.filter(({ exp_alerts }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname)),
  ];
  const all = alerts.map(({ alert }) => alert).toSorted();
  expect([names(true).toSorted(), names(false).toSorted()]).toEqual([all, all]);
});

(hasPromtool ? test : test.skip)('Prometheus fires each of them, with what it says, and none of what is usual', () => {
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'deploy/prometheus/alerts.test.yml'], {
    encoding: 'utf8',
  });
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('SUCCESS')]);
});
