import { either as E } from 'fp-ts';
import { Container } from 'inversify';
import { type Leases } from '../../src/application/ports/leases.js';
import { boundIn } from '../../src/infrastructure/container/bound-in.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { createPrometheusMetrics } from '../../src/infrastructure/metrics/prometheus-metrics.js';
import { lead } from '../../src/infrastructure/processes/lead.js';
import { eventually } from '../support/eventually.js';
import { recordingLog } from '../support/in-memory/quiet.js';
import { movedClock } from '../support/moved-clock.js';

test('what a process has put off is told while it leads, and no longer once another process does', async () => {
  let lose = (): void => undefined;
  let acquired = 0;
  const leases: Leases = {
    acquire: (_, signal) => async () => {
      acquired += 1;
      // The lead is lost once, and has another process then.
      if (acquired > 1) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (signal.aborted) return E.left('Aborted');
      return E.right({ onLost: (lost) => (lose = lost), release: async () => undefined });
    },
  };
  const metrics = createPrometheusMetrics();
  const container = new Container();
  container.bind(Tokens.Leases).toConstantValue(leases);
  container.bind(Tokens.Clock).toConstantValue(movedClock());
  container.bind(Tokens.Logger).toConstantValue(recordingLog());
  container.bind(Tokens.Metrics).toConstantValue(metrics);
  container
    .bind(Tokens.Progress)
    .toConstantValue({ watch: () => undefined, look: async () => undefined, standingStill: () => [] });
  const leading = lead(boundIn(container), {
    name: 'order-saga',
    begin: async () => ({ stop: async () => undefined, putOff: () => 3 }),
  });
  const told = async (count: number): Promise<void> =>
    expect((await metrics.expose()).body).toContain(`process_put_off{process="order-saga"} ${count}\n`);

  await eventually(() => told(3));
  lose();
  await eventually(() => told(0));
  await leading.stop();
});
