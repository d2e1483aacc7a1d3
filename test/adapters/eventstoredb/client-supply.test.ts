import { jest } from '@jest/globals';
import { either as E } from 'fp-ts';
import { ClientSupply } from '../../../src/adapters/eventstoredb/client-supply.js';
import { parseConnectionString } from '../../../src/adapters/eventstoredb/connection-string.js';
import { createClient } from '../../../src/adapters/eventstoredb/create-client.js';
import { rightOf } from '../../support/answer-of.js';

const to = rightOf(parseConnectionString('esdb://127.0.0.1:1?tls=false'));

describe('The client of an event store', () => {
  const disposed: number[] = [];
  const supply = () =>
    new ClientSupply((generation) => {
      const client = createClient(to, generation);
      jest.spyOn(client, 'dispose').mockImplementation(async () => void disposed.push(generation));
      return client;
    });
  beforeEach(() => void disposed.splice(0));

  it('stays when one call is slow: another was answered after that began', () => {
    const clients = supply();
    const first = clients.current();
    const since = performance.now();
    clients.answered(first);
    expect(clients.silent(first, since)).toBe(false);
    expect(clients.current()).toBe(first);
  });

  it('is followed by one other when it falls silent, however many calls find out, and is not disposed of', async () => {
    const clients = supply();
    const first = clients.current();
    clients.answered(first);
    const since = performance.now() + 1;
    expect(clients.silent(first, since)).toBe(true);
    const second = clients.current();
    expect(second).not.toBe(first);
    for (let call = 0; call < 1_000; call++) {
      expect(clients.silent(first, since)).toBe(true);
      expect(clients.silent(second, since)).toBe(true);
    }
    expect(clients.current()).toBe(second);
    expect(disposed).toEqual([]);
    await clients.close();
    expect(disposed).toEqual([0, 1]);
    expect(E.tryCatch(() => clients.current(), String)).toEqual(E.left('Error: the event store is closed'));
  });

  it('does not keep those that fell silent: each is disposed of once all that was under way on it is over', () => {
    jest.useFakeTimers();
    const clients = supply();
    for (let outages = 0; outages < 3; outages += 1) {
      const client = clients.current();
      clients.answered(client);
      clients.silent(client, performance.now() + 1);
    }
    jest.advanceTimersByTime(30_000);
    expect(disposed).toEqual([]);
    jest.advanceTimersByTime(60_000);
    expect(disposed).toEqual([0, 1, 2]);
    jest.useRealTimers();
  });

  it('does not gather the clients that never answered, however long the server is away', async () => {
    const now = jest.spyOn(performance, 'now');
    const clients = supply();
    for (let seconds = 0; seconds < 600; seconds += 5) {
      now.mockReturnValue(seconds * 1_000);
      clients.silent(clients.current(), seconds * 1_000 - 5_000);
    }
    const created = clients.current();
    expect(disposed.length).toBeGreaterThan(10);
    now.mockRestore();
    clients.answered(created);
    expect(clients.current()).toBe(created);
    await clients.close();
    expect(new Set(disposed).size).toBe(disposed.length);
  });
});
