import { either as E, taskEither as TE } from 'fp-ts';
import { type NoticeHub } from '../../../src/application/notices/notice-hub.js';
import { presentWhileListening } from '../../../src/application/notices/present-while-listening.js';
import { eventually } from '../../support/eventually.js';
import { movedClock } from '../../support/moved-clock.js';

const listener = { begin: () => undefined, hear: () => undefined };

describe('whoever listens to notices', () => {
  const setting = (connect: NoticeHub['connect'] = () => TE.right(() => undefined)) => {
    const clock = movedClock(0);
    const seen: string[] = [];
    const touch = (id: string, at: number): void => void seen.push(`${id} at ${at}`);
    const present = presentWhileListening({ connect, presence: { touch }, clock, everyMs: 1_000 });
    const come = (userId: string, silentMs = () => 0) => present.connect({ userId, since: null, listener, silentMs })();
    return { clock, seen, present, come };
  };

  it('is seen when they come, now and then while they stay, and when they go', async () => {
    const { clock, seen, come } = setting();
    const leave = await come('ana');
    clock.move(1_000);
    clock.move(1_000);
    clock.move(300);
    if (E.isRight(leave)) leave.right('client');
    clock.move(5_000);
    expect(seen).toStrictEqual(['user:ana at 0', 'user:ana at 1000', 'user:ana at 2000', 'user:ana at 2300']);
  });

  it('is there until the last of their streams has ended, however often the end of one is told', async () => {
    const { clock, seen, come } = setting();
    const [first, second] = [await come('ana'), await come('ana')];
    if (E.isRight(first)) for (const why of ['client', 'slow'] as const) first.right(why);
    seen.length = 0;
    clock.move(1_000);
    expect(seen).toStrictEqual(['user:ana at 1000']);
    if (E.isRight(second)) second.right('client');
    seen.length = 0;
    clock.move(1_000);
    expect(seen).toStrictEqual([]);
  });

  it('was there last when they last acknowledged what they were sent, though the stream goes on and ends', async () => {
    const { clock, seen, come } = setting();
    const gone = { since: Infinity };
    const leave = await come('ana', () => Math.max(0, clock.elapsed() - gone.since));
    clock.move(1_000);
    gone.since = 1_400;
    for (let second = 0; second < 60; second += 1) clock.move(1_000);
    if (E.isRight(leave)) leave.right('silent');
    clock.move(5_000);
    expect(seen).toStrictEqual(['user:ana at 0', 'user:ana at 1000', 'user:ana at 1400']);
  });

  it('is there as long as one of their streams is answered; a silent one takes nothing from it, here or elsewhere', async () => {
    const clock = movedClock(0);
    const lastSeen = { at: -1 };
    const touch = (_: string, at: number): void => void (lastSeen.at = at);
    const onProcess = () =>
      presentWhileListening({ connect: () => TE.right(() => undefined), presence: { touch }, clock, everyMs: 1_000 });
    const [one, other] = [onProcess(), onProcess()];
    const silent = { userId: 'ana', since: null, listener, silentMs: () => clock.elapsed() };
    const living = await one.connect({ userId: 'ana', since: null, listener, silentMs: () => 0 })();
    await one.connect(silent)();
    await other.connect(silent)();
    for (let second = 1; second <= 60; second += 1) {
      clock.move(1_000);
      expect(lastSeen.at).toBe(second * 1_000);
    }
    if (E.isRight(living)) living.right('client');
    clock.move(60_000);
    expect(lastSeen.at).toBe(60_000);
  });

  it('is seen among thousands without keeping all others waiting meanwhile', async () => {
    const { clock, seen, come } = setting();
    for (let user = 0; user < 3_000; user += 1) await come(`user-${user}`);
    seen.length = 0;
    clock.move(1_000);
    expect(seen.length).toBeLessThan(300);
    await eventually(() => expect(new Set(seen).size).toBe(3_000));
  });

  it('does not count as present if they could not be let in, nor after it was stopped', async () => {
    const refused = setting(() => TE.left('NoticesUnavailable'));
    expect(await refused.come('ana')).toStrictEqual(E.left('NoticesUnavailable'));
    refused.clock.move(1_000);
    expect(refused.seen).toStrictEqual([]);
    const { clock, seen, come, present } = setting();
    await come('ana');
    present.stop();
    clock.move(1_000);
    expect(seen).toStrictEqual(['user:ana at 0']);
  });
});
