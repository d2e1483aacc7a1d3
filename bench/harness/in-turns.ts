/** What came of one of several that were measured in turns. */
export interface Turns<Figures> {
  /** Without the warm-up; empty at the numbers it did not get to. */
  readonly rounds: ReadonlyArray<Figures>;
  /** What put an end to its rounds, if anything did. */
  readonly failed: { readonly error: unknown } | null;
}

/**
 * Round after round, each in its turn, so that what happens to the machine happens to all of them. Who fails once is
 * left out from then on. The first `warmUp` rounds are thrown away.
 */
export const inTurns = async <Player, Figures>(
  players: ReadonlyArray<Player>,
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
  measure: (player: Player, round: number) => Promise<Figures>,
): Promise<ReadonlyMap<Player, Turns<Figures>>> => {
  const turns = new Map<Player, Turns<Figures>>(players.map((player) => [player, { rounds: [], failed: null }]));
  for (let round = 0; round < warmUp + rounds; round++)
    for (const [player, { rounds: before, failed }] of turns) {
      if (failed !== null) continue;
      try {
        const figures = await measure(player, round);
        if (round >= warmUp) turns.set(player, { rounds: [...before, figures], failed });
      } catch (error) {
        turns.set(player, { rounds: before, failed: { error } });
      }
    }
  return turns;
};
