import { crowdGauges } from '../../../src/application/waiting-room/crowd-gauges.js';
import { waitingRoomsView } from '../../../src/application/waiting-room/waiting-rooms.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { answerOf } from '../../support/answer-of.js';

const terms = { activeLimit: 1, activeTtl: 1, admitPerSecond: null, waitingIdle: 1, claimWithin: 1, activeIdle: 1 };
const room = (scheduleId: string, waiting: number, active: number) => ({
  id: `schedule/${scheduleId}`,
  document: { kind: 'schedule', scheduleId, terms, active, waiting, head: 1, firstRegion: 0, regions: [], flow: [] },
  entries: [],
});

test('who waits and who is in is told by schedule, of a bounded number of them by name', async () => {
  const readModels = new InMemoryReadModels();
  const build = { view: waitingRoomsView.name, version: waitingRoomsView.version, build: 1 };
  const rooms = Array.from({ length: 150 }, (_, n) => room(`s${String(n).padStart(3, '0')}`, 2, 1));
  await answerOf(readModels.write(build, rooms, { from: BEGINNING, to: 1 }));
  await answerOf(readModels.flip(build));
  const told = new Map<string, number>();
  const metrics = {
    gauge: (name: string, value: number, labels: Readonly<Record<string, string>> = {}) =>
      void told.set(`${name}/${labels['schedule']}`, value),
  };
  const refresh = crowdGauges({ readModels, metrics });
  await refresh();
  expect(told.get('waiting_room_waiting/s000')).toBe(2);
  expect(told.get('waiting_room_active/s099')).toBe(1);
  expect(told.get('waiting_room_waiting/others')).toBe(100);
  expect(told.size).toBe(202);

  await answerOf(readModels.write(build, [room('s000', 0, 0)], { from: 1, to: 2 }));
  await refresh();
  expect(told.get('waiting_room_waiting/s000')).toBe(0);
});
