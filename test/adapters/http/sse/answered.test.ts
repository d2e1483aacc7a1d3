import { answered } from '../../../../src/adapters/http/sse/answered.js';
import { type SendQueue } from '../../../../src/adapters/http/sse/tcp-table.js';

const queue = (bytes: number, some: Partial<SendQueue> = {}): SendQueue => ({
  bytes,
  asked: 0,
  isHeldBack: false,
  ...some,
});

describe('a client that was sent something', () => {
  test('is there as long as it has acknowledged all of it', () => {
    const client = answered();
    expect(client.silentMs(50_000)).toBe(0);
    client.sent(1_000);
    expect(client.look({ queue: queue(0), since: 2_000, given: 3 })).toBe(true);
    expect(client.isWaiting()).toBe(false);
    expect(client.silentMs(50_000)).toBe(0);
  });

  test('was there last before the first thing it did not acknowledge, whatever else it is sent', () => {
    const client = answered();
    client.sent(1_000);
    client.look({ queue: queue(0), since: 2_000, given: 3 });
    client.sent(15_000);
    expect(client.look({ queue: queue(3, { asked: 4 }), since: 20_000, given: 6 })).toBe(false);
    client.sent(30_000);
    expect(client.look({ queue: queue(6, { asked: 7 }), since: 35_000, given: 9 })).toBe(false);
    expect(client.silentMs(45_000)).toBe(30_000);
  });

  test('is slow and there when it acknowledges some, though never all', () => {
    const client = answered();
    let given = 0;
    for (let now = 1_000; now < 100_000; now += 5_000) {
      client.sent(now);
      given += 1_000;
      expect(client.look({ queue: queue(900), since: now + 10, given })).toBe(true);
      expect(client.silentMs(now + 10)).toBe(0);
    }
    expect(client.look({ queue: queue(900), since: 105_000, given })).toBe(false);
  });

  test('is there when it takes nothing more and says so, but not when nobody answers even that', () => {
    const client = answered();
    client.sent(1_000);
    client.look({ queue: queue(900), since: 2_000, given: 1_000 });
    const asking = (asked: number) => queue(900, { asked, isHeldBack: true });
    expect(client.look({ queue: asking(1), since: 7_000, given: 1_000 })).toBe(true);
    expect(client.look({ queue: asking(2), since: 12_000, given: 1_000 })).toBe(false);
    expect(client.silentMs(12_000)).toBe(5_000);
  });

  test('has not answered by a look that began before it was sent', () => {
    const client = answered();
    client.sent(1_000);
    client.sent(2_005);
    client.look({ queue: queue(0), since: 2_000, given: 3 });
    expect(client.isWaiting()).toBe(true);
    expect(client.silentMs(4_005)).toBe(2_000);
  });

  test('is taken to be there where the kernel does not say', () => {
    const client = answered();
    client.sent(1_000);
    expect(client.look({ queue: 'Unknown', since: 60_000, given: 3 })).toBe(true);
    expect(client.silentMs(61_000)).toBe(0);
  });
});
