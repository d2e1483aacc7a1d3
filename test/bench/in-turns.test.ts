import { inTurns } from '../../bench/harness/in-turns.js';

describe('what is measured in turns', () => {
  it('goes round after round, and the warm-up does not count', async () => {
    const order: string[] = [];
    const turns = await inTurns(['koa', 'product'], { warmUp: 1, rounds: 2 }, async (player, round) => {
      order.push(`${player} ${round}`);
      return round;
    });
    expect(order).toEqual(['koa 0', 'product 0', 'koa 1', 'product 1', 'koa 2', 'product 2']);
    expect(turns.get('product')).toEqual({ rounds: [1, 2], failed: null });
  });

  it('leaves out who failed, from then on, and the others go on', async () => {
    const order: string[] = [];
    const error = new Error('gone');
    const turns = await inTurns(['one', 'two'], { warmUp: 0, rounds: 3 }, async (player, round) => {
      order.push(`${player} ${round}`);
      if (player === 'one' && round === 1) throw error;
      return round;
    });
    expect(order).toEqual(['one 0', 'two 0', 'one 1', 'two 1', 'two 2']);
    expect(turns.get('one')).toEqual({ rounds: [0], failed: { error } });
    expect(turns.get('two')).toEqual({ rounds: [0, 1, 2], failed: null });
  });
});
