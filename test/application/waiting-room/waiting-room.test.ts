import { either as E } from 'fp-ts';
import { eventually } from '../../support/eventually.js';
import { MINUTE, SECOND, waitingWorld } from './world.js';

describe('a waiting room', () => {
  let world: Awaited<ReturnType<typeof waitingWorld>>;
  beforeEach(async () => {
    world = await waitingWorld();
  });
  afterEach(async () => {
    expect(await world.verify()).toMatchObject({ verdict: 'PASS' });
    await world.close();
  });

  /** Time passes; whoever goes to sleep after it was moved is woken by the next move. */
  const soon = (check: () => Promise<boolean>) =>
    eventually(() => {
      world.clock.move(0);
      return check();
    });
  const becomes = (tokenId: string, status: string) => soon(async () => (await world.ask(tokenId)).status === status);

  it('keeps the place of a closed laptop for five minutes, then gives it up', async () => {
    await world.configure(1);
    const ana = await world.join('ana');
    await world.ask(ana.tokenId);
    const [ben, cem] = [await world.join('ben'), await world.join('cem')];
    world.clock.move(4 * MINUTE);
    await world.ask(cem.tokenId);
    await world.ask(ana.tokenId).then(({ status }) => expect(status).not.toBe('PENDING'));
    world.clock.move(MINUTE);
    // Asking would be a sign of life.
    await soon(async () => (await world.peek(ben.tokenId)) === 'Expired');
    expect(await world.ask(ben.tokenId)).toMatchObject({ status: 'EXPIRED' });
  });

  it('keeps the place of who listens to notices without asking, and for five minutes after', async () => {
    await world.configure(1);
    const ana = await world.join('ana');
    await world.ask(ana.tokenId);
    const [ben, cem] = [await world.join('ben'), await world.join('cem')];
    const close = await world.listen('ben');
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        world.clock.move(MINUTE);
        await world.ask(ana.tokenId);
      }
    };
    await pass(9);
    // Nobody has seen cem; ben was heard of by his stream alone.
    await soon(async () => (await world.peek(cem.tokenId)) === 'Expired');
    expect(await world.peek(ben.tokenId)).toBe('Waiting');
    close();
    await pass(4);
    expect(await world.peek(ben.tokenId)).toBe('Waiting');
    await pass(1);
    await soon(async () => (await world.peek(ben.tokenId)) === 'Expired');
  });

  it('does not take the place that somebody had before for the new one, while queries show nothing newer', async () => {
    await world.configure(1);
    const before = await world.join('ana');
    await world.leave(before.tokenId);
    const show = world.holdViews();
    let joined: Awaited<ReturnType<typeof world.tryToJoin>> | null = null;
    void world.tryToJoin('concert', 'ana').then((answer) => (joined = answer));
    await eventually(() => {
      world.clock.move(SECOND);
      expect(joined).toStrictEqual(E.left({ code: 'UNAVAILABLE' }));
    });
    show();
    await eventually(async () => expect((await world.join('ana')).tokenId).not.toBe(before.tokenId));
  });

  it('keeps the place of a page that only joins again, waiting and let in', async () => {
    await world.configure(1);
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    world.clock.move(MINUTE / 2);
    await world.join('ana');
    for (let minute = 0; minute < 12; minute += 1) {
      world.clock.move(MINUTE);
      expect(await world.join('ana')).toMatchObject({ tokenId: ana.tokenId, status: 'ACTIVE' });
      expect(await world.join('ben')).toMatchObject({ tokenId: ben.tokenId, status: 'PENDING' });
    }
    await world.leave(ana.tokenId);
    await soon(async () => (await world.peek(ben.tokenId)) === 'Promoted');
    world.clock.move(MINUTE - SECOND);
    expect(await world.join('ben')).toMatchObject({ tokenId: ben.tokenId, status: 'ACTIVE' });
    world.clock.move(MINUTE);
    expect(await world.join('ben')).toMatchObject({ tokenId: ben.tokenId, status: 'ACTIVE' });
  });

  it('lets whoever is told ACTIVE act at once, and takes acting for a claim', async () => {
    await world.configure(1);
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    expect(ana).toMatchObject({ status: 'ACTIVE' });
    expect(E.isRight(await world.enter('ana'))).toBe(true);
    expect(await world.enter('ben')).toMatchObject({ left: { code: 'WAITING_REQUIRED' } });
    await world.leave(ana.tokenId);
    await soon(async () => (await world.peek(ben.tokenId)) === 'Promoted');
    expect(E.isRight(await world.enter('ben'))).toBe(true);
    await soon(async () => (await world.peek(ben.tokenId)) === 'Active');
  });

  it('takes being turned away for a sign of life: whoever tries to buy is there', async () => {
    await world.configure(0);
    const ben = await world.join('ben');
    for (let minute = 0; minute < 12; minute += 1) {
      world.clock.move(MINUTE);
      expect(await world.enter('ben')).toMatchObject({ left: { code: 'WAITING_REQUIRED' } });
      await soon(() => Promise.resolve(true));
    }
    expect(await world.peek(ben.tokenId)).toBe('Waiting');
  });

  it('gives an unclaimed place on; a place asked for is claimed and stays', async () => {
    await world.configure(2);
    const [ana, ben, cem] = [await world.join('ana'), await world.join('ben'), await world.join('cem')];
    expect(await world.ask(ana.tokenId)).toMatchObject({ status: 'ACTIVE', pass: expect.any(String) });
    world.clock.move(MINUTE);
    await becomes(cem.tokenId, 'ACTIVE');
    expect(await world.ask(ben.tokenId)).toMatchObject({ status: 'EXPIRED' });
    expect(await world.ask(ana.tokenId)).toMatchObject({ status: 'ACTIVE' });
  });

  it('gives a new place to who joins again while queries still show the one that was given on a moment ago', async () => {
    await world.configure(1);
    const ana = await world.join('ana');
    const show = world.holdViews();
    world.clock.move(MINUTE);
    await soon(() => world.hasHappened('TokenExpired'));
    const again = world.join('ana');
    await soon(() => world.hasHappened('RequestRejected'));
    show();
    expect(await again).toMatchObject({ status: 'ACTIVE' });
    expect((await again).tokenId).not.toBe(ana.tokenId);
  });

  it('ends an active place that is idle, keeps one that is not, and ends that one at its cap', async () => {
    await world.configure(2);
    const [ana, ben, cem] = [await world.join('ana'), await world.join('ben'), await world.join('cem')];
    await world.ask(ana.tokenId);
    await world.ask(ben.tokenId);
    world.clock.move(MINUTE);
    await world.ask(ana.tokenId);
    world.clock.move(MINUTE);
    await becomes(cem.tokenId, 'ACTIVE');
    expect(await world.ask(ben.tokenId)).toMatchObject({ status: 'EXPIRED' });
    for (let minute = 2; minute < 30; minute++) {
      expect(await world.ask(ana.tokenId)).toMatchObject({ status: 'ACTIVE' });
      world.clock.move(MINUTE);
      await world.ask(cem.tokenId);
    }
    await becomes(ana.tokenId, 'EXPIRED');
  });

  it('expires nobody for a time in which it did not run itself', async () => {
    await world.configure(1);
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await world.stop();
    world.clock.move(20 * MINUTE);
    await world.start();
    world.clock.move(SECOND);
    expect(await world.ask(ana.tokenId)).toMatchObject({ status: 'ACTIVE', pass: expect.any(String) });
    expect(await world.ask(ben.tokenId)).toMatchObject({ status: 'PENDING', position: 1 });
  });

  it('keeps to its pace by itself, second by second', async () => {
    await world.configure(10, 1);
    const tokens = [await world.join('ana'), await world.join('ben'), await world.join('cem')];
    const active = async () =>
      (await Promise.all(tokens.map(({ tokenId }) => world.ask(tokenId)))).filter(({ status }) => status === 'ACTIVE');
    expect(await active()).toHaveLength(1);
    world.clock.move(SECOND);
    await soon(async () => (await active()).length === 2);
    world.clock.move(SECOND);
    await soon(async () => (await active()).length === 3);
  });

  it('lets the next one in when somebody has what they came for', async () => {
    await world.configure(1);
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await world.complete('ana');
    await becomes(ben.tokenId, 'ACTIVE');
    expect(await world.ask(ana.tokenId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('opens what is behind it to whoever is in, by pass or by name, and to nobody else', async () => {
    await world.configure(1);
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const seen = await world.ask(ana.tokenId);
    const pass = seen.status === 'ACTIVE' ? seen.pass : undefined;
    expect(E.isRight(await world.enter('ana', pass))).toBe(true);
    expect(E.isRight(await world.enter('ana'))).toBe(true);
    expect(await world.enter('ben', pass)).toStrictEqual(E.left({ code: 'WAITING_REQUIRED', scheduleId: 'concert' }));
    expect(await world.enter('ben', 'forged')).toMatchObject({ left: { code: 'WAITING_REQUIRED' } });
    await world.leave(ben.tokenId);
    await world.leave(ana.tokenId);
    expect(await world.enter('ana')).toMatchObject({ left: { code: 'WAITING_REQUIRED' } });
  });

  it('where callers are asked who they are, opens to a pass of a place that is there, and to no name', async () => {
    await world.configure(1);
    const { tokenId } = await world.join('ana');
    const seen = await world.ask(tokenId);
    const pass = seen.status === 'ACTIVE' ? (seen.pass ?? '') : '';
    expect(E.isRight(await world.enter('ana', pass, true))).toBe(true);
    const refused = E.left({ code: 'WAITING_REQUIRED', scheduleId: 'concert' });
    expect(await world.enter('ana', undefined, true)).toStrictEqual(refused);
    expect(pass).toContain(tokenId);
    expect(await world.enter('ana', pass.replace(tokenId, 'never-was'), true)).toStrictEqual(refused);
  });

  it('sends nobody back to the line whose pass cannot be verified now', async () => {
    await world.configure(1);
    const { tokenId } = await world.join('ana');
    const seen = await world.ask(tokenId);
    const pass = seen.status === 'ACTIVE' ? (seen.pass ?? '') : '';
    expect(await world.enter('ana', pass, true, false)).toStrictEqual(E.left({ code: 'UNAVAILABLE' }));
    expect(E.isRight(await world.enter('ana', pass, false, false))).toBe(true);
  });

  it('says so when there is no such schedule, or nothing can be asked now', async () => {
    await world.configure(1);
    expect(await world.tryToJoin('nowhere', 'ana')).toStrictEqual(E.left({ code: 'SCHEDULE_NOT_FOUND' }));
    world.messageLog.failNextPublish = 'LogOverloaded';
    expect(await world.tryToJoin('concert', 'ana')).toStrictEqual(E.left({ code: 'OVERLOADED' }));
    world.messageLog.failNextPublish = 'PublishOutcomeUnknown';
    expect(await world.tryToJoin('concert', 'ana')).toMatchObject({ right: { status: 'ACTIVE' } });
    world.readModels.unavailable = true;
    expect(await world.tryToJoin('concert', 'ben')).toStrictEqual(E.left({ code: 'UNAVAILABLE' }));
    world.readModels.unavailable = false;
  });

  it('answers tabs that ask at once each by its own request: one place, claimed, left, and the same terms twice', async () => {
    await Promise.all([world.configure(1), world.configure(1)]);
    const [one, other] = await Promise.all([world.join('ana'), world.join('ana')]);
    expect(other.tokenId).toBe(one.tokenId);
    const both = await Promise.all([world.ask(one.tokenId), world.ask(one.tokenId)]);
    expect(both).toMatchObject([
      { status: 'ACTIVE', pass: expect.any(String) },
      { status: 'ACTIVE', pass: expect.any(String) },
    ]);
    await Promise.all([world.leave(one.tokenId), world.leave(one.tokenId)]);
    expect(await world.peek(one.tokenId)).toBe('Left');
    // The place that was left answers no new request.
    expect((await world.join('ana')).tokenId).not.toBe(one.tokenId);
  });

  it('lets in thousands by raising the limit, in order, none left behind', async () => {
    await world.configure(0);
    const tokens = await Promise.all(Array.from({ length: 1_200 }, (_, n) => world.join(`user-${n}`)));
    await world.configure(2_000);
    await soon(async () => {
      world.clock.move(1);
      const last = tokens.at(-1);
      return last !== undefined && (await world.ask(last.tokenId)).status === 'ACTIVE';
    });
    expect(await world.verify()).toMatchObject({ activated: 1_200, active: 1_200, waiting: 0 });
  });
});
