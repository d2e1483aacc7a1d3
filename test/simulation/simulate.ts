import { type Chance, chance } from '../support/world/chance.js';
import { deploy, type Deployment } from '../support/world/deployment.js';
import { disasters, type Rare } from '../support/world/disasters.js';
import { newClient } from '../support/world/errands.js';
import { timeline } from '../support/world/timeline.js';
import { type Weather } from '../support/world/weather.js';
import { askForAnswer, letPeopleIn, makePlan, nothingPromised, openShop, type Promised } from './people.js';
import { harm } from './harm.js';
import { healAll, putRight, tellOfCharges } from './repairs.js';
import * as promises from './promises.js';

export interface Simulated {
  readonly seed: number;
  readonly faults: promises.Faults;
  readonly deployment: Deployment;
  readonly promised: Promised;
  readonly steps: number;
}

const MOST_TROUBLE = 0.08;
/** Of all worlds, in so many every view is compared with its events. */
const DEEP = 0.1;
/** Of those worlds, in so many something is harmed afterwards, and healed. */
const HARMED = 0.5;
/** Of all worlds, in so many people come while the shop is still being opened. */
const EARLY = 0.2;
/** Of all worlds, in so many events are damaged, or a new version takes over, or both. */
export const RARITY = 0.25;
const MINUTE = 60_000;
const LEAKED_MS = 35_000;
const LONGEST_STORM_MS = 10 * MINUTE;
/** Of people who are let in one by one. */
const MOST_IN_LINE = 10;
/** Longer than any reservation nobody vouches for is kept, and than any calendar was ahead. */
const LONG_AFTER_MS = 80 * MINUTE;
const MOST_SWEEPS = 3;

/** Other chances than those of the world, so that a world without what is rare is what it was before there was any. */
const RARE = 0x5eed;
const rareOf = ({ next }: Chance, rarity: number): Rare => {
  const which = next() / rarity;
  return { damage: which < 0.6, upgrade: which > 0.4 && which < 1 };
};

const inWords = (failure: unknown): string =>
  failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);

/**
 * One world from its beginning until it has come to rest: a sale in a storm, then calm, in which everything has to be put right
 * by the ordinary means alone.
 */
export const simulate = async (seed: number, rarity = RARITY): Promise<Simulated> => {
  const dice = chance(seed);
  const time = timeline(dice);
  const severity = dice.next() * MOST_TROUBLE;
  const deep = dice.happens(DEEP);
  const harmed = deep && dice.happens(HARMED);
  const areEarly = dice.happens(EARLY);
  let isStormy = true;
  const weather: Weather = { chance: dice, time, trouble: () => (isStormy ? severity : 0) };
  const deployment = deploy(weather);
  const rare = rareOf(chance(seed ^ RARE), rarity);
  const isRare = rare.damage || rare.upgrade;
  const trouble = disasters(weather, deployment, dice.next(), rare);
  const plan = makePlan(weather);
  const promised = nothingPromised();
  const faults: string[] = [];

  const until = async (work: Promise<void>, ms: number): Promise<boolean> => {
    let isDone = false;
    void work
      .catch((failure: unknown) => void faults.push(`a call threw: ${inWords(failure)}`))
      .then(() => (isDone = true));
    return time.run(() => isDone, time.elapsed() + ms);
  };
  const client = newClient(weather, deployment);
  const askAll = async (): Promise<void> => {
    for (const request of new Set(promised.coupons)) await askForAnswer(client, promised, request);
  };
  const pass = (ms: number): Promise<boolean> => time.run(() => false, time.elapsed() + ms);

  trouble.begin();
  const striking = trouble.strike();
  const opening = openShop(weather, deployment, plan, promised);
  const sale = (areEarly ? Promise.resolve() : opening).then(async () => {
    await letPeopleIn(weather, deployment, plan, promised, rare);
    await opening;
  });
  if (!(await until(sale, LONGEST_STORM_MS))) faults.push('somebody waits for an answer for ever');

  if (isRare) {
    // Until places are taken for leaked while their requests are set aside.
    time.standStill(LEAKED_MS);
    await pass(8_000);
    await until(askAll(), MINUTE);
  }
  isStormy = false;
  trouble.end();
  await until(striking, MINUTE);
  // First what is under way, then what runs out, then what nobody vouched for.
  await pass(8_000);
  time.standStill(MINUTE);
  await pass(8_000);
  if (isRare) await until(putRight(client, rare), MINUTE);
  await until(tellOfCharges(client, deployment), MINUTE);
  time.standStill(LONG_AFTER_MS);
  await pass(12_000);
  if (isRare) {
    // The list of what is parked may itself have been parked: what it tells of is released a round later.
    time.standStill(MINUTE);
    await pass(8_000);
  }
  // Those who were let in again one after another: each has a while to come.
  for (let n = 0; n < MOST_IN_LINE && promises.roomsKept(deployment).length > 0; n += 1) await pass(12_000);

  const asked = deployment.members().find(({ names }) => names.includes('api'));
  if (harmed && asked !== undefined) {
    await until(harm(deployment, client, asked, plan), MINUTE);
    await pass(8_000);
    time.standStill(2 * MINUTE);
    await until(healAll(client), MINUTE);
    await pass(12_000);
  }

  // Whether a request was set aside is not known before its view is told how far it has come, which may take a while.
  let kept: promises.Faults = [];
  for (let n = 0; asked !== undefined && n < MOST_SWEEPS; n += 1) {
    await until(
      promises.placesGivenBack(asked).then((found) => void (kept = found)),
      MINUTE,
    );
    if (kept.length === 0) break;
    await pass(12_000);
  }

  let audited: promises.Faults = [];
  const audit = async (): Promise<void> => {
    await askAll();
    audited = asked === undefined ? ['nobody answers'] : await promises.auditsPass(deployment, asked, deep);
  };
  if (!(await until(audit(), 5 * MINUTE))) faults.push('the audits do not come to an end');
  faults.push(
    ...promised.refused,
    ...promises.couponsKept(deployment),
    ...promises.answersKept(deployment, promised),
    ...promises.setAsideKept(deployment),
    ...promises.stockKept(deployment),
    ...promises.ordersKept(deployment, promised),
    ...promises.moneyKept(deployment, promised),
    ...promises.pointsKept(deployment),
    ...promises.couponUsesKept(deployment),
    ...promises.roomsKept(deployment),
    ...promises.openingsKept(deployment),
    ...promises.othersTold(deployment),
    ...promises.nothingBroke(deployment),
    ...audited,
  );
  return { seed, faults, deployment, promised, steps: time.steps() };
};
