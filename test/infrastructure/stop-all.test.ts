import { stopAll } from '../../src/infrastructure/system/stop-all.js';

const refused = (): never => {
  throw new Error('its Kafka is away');
};

test.each([
  ['later', async () => refused()],
  ['at once', refused],
])('what began last is stopped first, and one that fails %s keeps no other from it', async (_, fail) => {
  const stopped: string[] = [];
  const stopping = (name: string) => () => {
    stopped.push(name);
    return name === 'worker' ? fail() : undefined;
  };
  const all = ['engines', 'projector', 'worker', 'relay'].map(stopping);
  await expect(stopAll(all)).rejects.toThrow('its Kafka is away');
  expect(stopped).toEqual(['relay', 'worker', 'projector', 'engines']);
});
