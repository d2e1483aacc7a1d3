import { stopAll } from '../../src/infrastructure/system/stop-all.js';

test('what began last is stopped first, and one that cannot be stopped keeps no other from it', async () => {
  const stopped: string[] = [];
  const stopping = (name: string) => async () => {
    stopped.push(name);
    if (name === 'worker') throw new Error('its Kafka is away');
  };
  const all = ['engines', 'projector', 'worker', 'relay'].map(stopping);
  await expect(stopAll(all)).rejects.toThrow('its Kafka is away');
  expect(stopped).toEqual(['relay', 'worker', 'projector', 'engines']);
});
