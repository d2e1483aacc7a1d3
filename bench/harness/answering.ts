import { z } from 'zod';

const asked = z.object({ id: z.number(), ask: z.looseObject({ kind: z.string().optional() }) });

/** The other side of `Child.ask`: does each job it is given, and sends back what came of it. */
export const answering = <Job>(jobOf: z.ZodType<Job>, act: (job: Job) => Promise<unknown>): void => {
  const tell = (message: object): void => void process.send?.(message);
  process.on('message', (message) => {
    const { id, ask } = asked.parse(message);
    if (ask.kind === 'usage') return;
    Promise.resolve()
      .then(() => act(jobOf.parse(ask)))
      .then(
        (answer) => tell({ id, answer }),
        (error: unknown) =>
          tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  // What is sent before anybody listens is lost: the loading of the program takes longer than the sending of a job.
  tell({ ready: true });
  // Whoever answers stays until it is left: to be asked about usage alone would be no reason.
  process.channel?.ref();
  process.once('disconnect', () => process.exit());
};
