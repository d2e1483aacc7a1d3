// node scripts/render-helm.mjs: checks the chart with Helm, and writes what it renders for each of its examples to
// test/fixtures/helm, with the digest of the chart that it was rendered from: where there is no Helm, tests know by it
// whether what they check is still what the chart says. Without `helm` it says `not run`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chdir, exit } from 'node:process';

chdir(join(import.meta.dirname, '..'));
const chart = 'deploy/helm/doorbuster';
const examples = 'deploy/helm/examples';
const rendered = 'test/fixtures/helm';

// A chart can take along only what lies in it.
copyFileSync('deploy/prometheus/alerts.yml', join(chart, 'files', 'alerts.yml'));
copyFileSync('deploy/grafana/dashboards/doorbuster.json', join(chart, 'files', 'doorbuster.json'));

const helm = (...args) => {
  const { error, status, stdout, stderr } = spawnSync('helm', args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (error) {
    console.log(`not run: ${error.message}`);
    exit(0);
  }
  if (status !== 0) throw new Error(`helm ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
};

for (const file of readdirSync(examples)) {
  const values = ['--kube-version', '1.30.0', '--values', join(examples, file)];
  helm('lint', '--strict', chart, ...values);
  writeFileSync(join(rendered, file), helm('template', 'shop', chart, ...values));
}
const files = [chart, examples].flatMap((directory) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((each) => !each.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted(),
);
const hash = createHash('sha256');
for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
writeFileSync(join(rendered, 'chart.sha256'), `${hash.digest('hex')}\n`);
