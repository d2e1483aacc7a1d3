import { type EngineState } from '../../src/infrastructure/engines/engines.js';
import { healthOf } from '../../src/infrastructure/processes/health.js';

const engine = (state: EngineState) => ({ health: async () => state });
const health = (state: EngineState, ...names: ReadonlyArray<string>) =>
  healthOf(
    { events: engine('ok'), log: engine('ok'), state: engine(state) },
    { standingStill: () => names.map((name) => ({ name, since: 0, reason: 'test' })) },
  )();

test('a process that stands still while every engine answers is down, by its name', async () => {
  expect(await health('ok', 'order-saga')).toEqual({
    eventStore: 'ok',
    messageLog: 'ok',
    gateAndReadModels: 'ok',
    'order-saga': 'down',
  });
});

test('one that waits for an engine has the engine to blame', async () => {
  expect(await health('degraded', 'view orders')).toMatchObject({ 'view orders': 'degraded' });
});

test('one that waits for the data platform keeps no request away', async () => {
  expect(await health('ok', 'data-platform')).toMatchObject({ 'data-platform': 'degraded' });
});

test('where everything advances only the engines are told', async () => {
  expect(Object.keys(await health('ok'))).toEqual(['eventStore', 'messageLog', 'gateAndReadModels']);
});
