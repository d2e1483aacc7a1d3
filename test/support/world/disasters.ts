import { type ProcessName } from '../../../src/infrastructure/config/environment.js';
import { type Deployment } from './deployment.js';
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

const HOUR = 3_600_000;
const MOST_BETWEEN_MS = 4_000;

export const disasters = (weather: Weather, deployment: Deployment, severity: number): Disasters => {
  const { chance, time } = weather;
  const layout = layouts[chance.below(layouts.length)] ?? [all];
  let isOver = false;
  const missing: Array<ReadonlyArray<ProcessName>> = [];
  const aheadOf = new Map<string, number>();

  const restart = (): void => {
    const names = missing.pop();
    if (names !== undefined) deployment.start(names);
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
  const kill = (): void => {
    const running = any(deployment.members(), chance.below);
    if (running === undefined) return;
    deployment.kill(running);
    missing.push(running.names);
    time.wakeIn(chance.below(3_000), restart);
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

  return {
    begin: () => layout.forEach((names) => deployment.start(names)),
    strike: async () => {
      for (;;) {
        await time.sleep(chance.below(MOST_BETWEEN_MS));
        if (isOver) return;
        if (chance.happens(severity)) any(kinds, chance.below)?.();
      }
    },
    end: () => {
      isOver = true;
      while (missing.length > 0) restart();
      for (const { member } of deployment.members()) member.setCalendar(-(aheadOf.get(member.name) ?? 0));
      deployment.rebalance();
    },
  };
};

const any = <A>(from: ReadonlyArray<A>, below: (most: number) => number): A | undefined => from[below(from.length)];
