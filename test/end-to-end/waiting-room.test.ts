import { anyDoor, embeddedShop } from '../support/shop.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { tempDirs } from '../support/temp-dir.js';
import { waitingRoomClient } from '../support/waiting-room-client.js';
import { waitingRoomSuite } from './waiting-room.suite.js';

const newDir = tempDirs();

test('people in line are told to come back in time for a short claim window', async () => {
  const shop = await embeddedShop(newDir(), { WAITING_CLAIM_MS: '1500', WAITING_IDLE_MS: '60000' });
  const door = anyDoor(() => shop);
  const room = waitingRoomClient(door, 'short');
  await room.configure({ activeLimit: 1, activeTtlSeconds: 600 });
  await room.join('ana');
  const { tokenId } = await room.join('ben');
  const answer = await checkedFetch(`${door()}/api/v1/waiting-token/${tokenId}`);
  expect(answer.headers.get('retry-after')).toBe('1');
  await shop.stop();
});

waitingRoomSuite('embedded engines', () =>
  embeddedShop(newDir(), { WAITING_CLAIM_MS: '1500', WAITING_IDLE_MS: '60000' }),
);
