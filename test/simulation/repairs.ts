import { either as E, nonEmptyArray as NEA } from 'fp-ts';
import { commandTopics } from '../../src/application/kernel/messaging/topics.js';
import { type ParkedStream } from '../../src/application/kernel/process/parked-streams-view.js';
import { allProjections } from '../../src/application/operating/all-projections.js';
import { type Chance } from '../support/world/chance.js';
import { type Deployment } from '../support/world/deployment.js';
import { type Rare } from '../support/world/disasters.js';
import { type Client } from '../support/world/errands.js';

const operator = { actor: 'olga', reason: 'a simulation', correlationId: 'repair' };
const PATIENCE = 3;
export const watched = { onProgress: () => undefined, signal: new AbortController().signal };

/** Has orders that were parked go on. */
export const replaySagas = async ({ call, insist }: Client): Promise<void> => {
  const parked = await call((calls) => calls.listSagas({ limit: 100 }));
  if (E.isLeft(parked)) return;
  for (const { orderId } of parked.right.items)
    await insist(PATIENCE, (calls) => calls.replaySaga({ ...operator, orderId }));
};

/** Has what was set aside decided, whether it can be read again by now or not. */
export const replayLetters = async ({ call }: Client): Promise<void> => {
  for (const topic of commandTopics)
    await call((calls) => calls.replayDeadLetters({ ...operator, topic, rate: 1_000 }));
};

/** Has streams read again, whether they can be read by now or not. */
export const releaseParked = async ({ call }: Client): Promise<void> => {
  const parked = await call((calls) => calls.listParkedStreams());
  if (E.isLeft(parked)) return;
  for (const [consumer, streams] of Object.entries(
    NEA.groupBy((each: ParkedStream) => each.consumer)([...parked.right]),
  )) {
    const streamIds = streams.map(({ streamId }) => streamId);
    await call((calls) => calls.releaseStreams({ ...operator, consumer, streamIds }));
  }
};

export const rebuildView = async (chance: Chance, { call }: Client): Promise<void> => {
  const { name } = allProjections[chance.below(allProjections.length)] ?? {};
  if (name === undefined) return;
  await call((calls) => calls.rebuildProjection({ name, verify: false }, watched));
};

/** The gateway's webhook: what it has charged though it had declined it. */
export const tellOfCharges = async ({ call }: Client, { gateway }: Deployment): Promise<void> => {
  for (const { paymentId, gatewayPaymentId } of gateway.chargedAfterAll)
    await call((calls) => calls.hearGateway({ paymentId, gatewayPaymentId, correlationId: 'webhook' }));
};

/** Has everything compared, and mended what seems to be wrong, in the middle of the sale or after it. */
export const heal = ({ call }: Client) =>
  call((calls) => calls.reconcile({ heal: true, correlationId: 'heal' }, watched));

/** As long as there is something to mend: what a view does not show is looked at once that view is built anew. */
export const healAll = async (client: Client): Promise<void> => {
  for (let times = PATIENCE; times > 0; times -= 1) {
    const healed = await heal(client);
    if (E.isRight(healed) && healed.right.healed === 0) return;
    await client.pause(10_000);
  }
};

/** An operator who looks after the sale while everything goes wrong. */
export const repairing = async (chance: Chance, client: Client): Promise<void> => {
  const acts = [
    () => replaySagas(client),
    () => replayLetters(client),
    () => releaseParked(client),
    () => rebuildView(chance, client),
  ];
  for (let n = chance.below(8); n > 0; n -= 1) {
    await client.pause(10_000);
    await acts[chance.below(acts.length)]?.();
  }
};

/** What is left for an operator once everything can be read: what an older version could not read is read again by itself. */
export const putRight = async (client: Client, { damage }: Pick<Rare, 'damage'>): Promise<void> => {
  await client.pause(10_000);
  await replaySagas(client);
  if (damage) await replayLetters(client);
};
