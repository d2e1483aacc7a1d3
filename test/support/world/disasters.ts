import { type ProcessName } from '../../../src/infrastructure/config/environment.js';
import { type Deployment, type RunningMember } from './deployment.js';
import { type Weather } from './weather.js';

type Layout = ReadonlyArray<ReadonlyArray<ProcessName>>;

const all: ReadonlyArray<ProcessName> = ['api', 'worker', 'projector', 'relay', 'scheduler'];
const layouts: ReadonlyArray<Layout> = [
  [all],
  [all],
  [all, ['worker']],
  [all, ['api', 'worker', 'scheduler']],
  [
    ['api', 'projector'],
    ['worker', 'relay', 'scheduler'],
  ],
  [['api', 'projector', 'relay', 'scheduler'], ['worker'], ['worker']],
  [
    ['projector', 'relay'],
    ['api', 'worker', 'scheduler'],
  ],
  [all, all],
];

export interface Disasters {
  /** Starts every process there is to be. */
  readonly begin: () => void;
  /** Kills, freezes, wipes and sets clocks until it is called off. */
  readonly strike: () => Promise<void>;
  /** Calls it off, and brings back what is dead: calendars are set right, and every process runs. */
  readonly end: () => void;
}

/** What goes wrong in some worlds alone. */
export interface Rare {
  /** Events are damaged, and mended after a while. */
  readonly damage: boolean;
  /** A new version takes over process by process, and is sometimes taken back. */
  readonly upgrade: boolean;
}

const HOUR = 3_600_000;
const MOST_BETWEEN_MS = 4_000;
/** Where there is something rare, it happens so often. */
const RARE = 0.3;
const LONGEST_DAMAGE_MS = 90_000;

export const disasters = (
  weather: Weather,
  deployment: Deployment,
  severity: number,
  { damage, upgrade }: Rare,
): Disasters => {
  const { chance, time } = weather;
  const possible = upgrade ? layouts.filter((each) => each.length > 1) : layouts;
  const layout = possible[chance.below(possible.length)] ?? [all];
  let isOver = false;
  const missing: Array<ReadonlyArray<ProcessName>> = [];
  const mending = new Set<() => void>();
  const aheadOf = new Map<string, number>();

  const restart = (): void => {
    const names = missing.pop();
    if (names !== undefined) deployment.start(names, upgrade && (isOver || chance.happens(0.6)));
  };
  const setCalendar = (): void => {
    const { member } = any(deployment.members(), chance.below) ?? {};
    if (member === undefined) return;
    const before = aheadOf.get(member.name) ?? 0;
    const after = chance.happens(0.3)
      ? 0
      : (chance.happens(0.5) ? 1 : -1) * chance.below(chance.happens(0.2) ? HOUR : 5_000);
    aheadOf.set(member.name, after);
    member.setCalendar(after - before);
  };
  const killOne = (running: RunningMember): void => {
    deployment.kill(running);
    missing.push(running.names);
  };
  const kill = (): void => {
    const running = any(deployment.members(), chance.below);
    if (running === undefined) return;
    killOne(running);
    time.wakeIn(chance.below(3_000), restart);
  };
  const damageOne = (): void => {
    const mend = deployment.damage();
    if (mend === null) return;
    mending.add(mend);
    time.wakeIn(chance.below(LONGEST_DAMAGE_MS), mend);
    // Who has read the event already notices nothing; whoever begins does.
    if (chance.happens(0.5)) kill();
    else deployment.rebalance();
  };
  const kinds: ReadonlyArray<() => void> = [
    kill,
    kill,
    () => time.standStill(chance.below(chance.happens(0.3) ? 30_000 : 5_000)),
    deployment.wipe,
    deployment.loseLeases,
    deployment.rebalance,
    setCalendar,
    setCalendar,
  ];
  const rare = [...(damage ? [damageOne] : []), ...(upgrade ? [kill] : [])];

  return {
    begin: () => layout.forEach((names) => deployment.start(names)),
    strike: async () => {
      for (;;) {
        await time.sleep(chance.below(MOST_BETWEEN_MS));
        if (isOver) return;
        if (chance.happens(severity)) any(kinds, chance.below)?.();
        if (rare.length > 0 && chance.happens(RARE)) any(rare, chance.below)?.();
      }
    },
    end: () => {
      isOver = true;
      for (const mend of mending) mend();
      if (upgrade)
        deployment
          .members()
          .filter(({ member }) => !member.isNew)
          .forEach(killOne);
      while (missing.length > 0) restart();
      for (const { member } of deployment.members()) member.setCalendar(-(aheadOf.get(member.name) ?? 0));
      deployment.rebalance();
    },
  };
};

const any = <A>(from: ReadonlyArray<A>, below: (most: number) => number): A | undefined => from[below(from.length)];
