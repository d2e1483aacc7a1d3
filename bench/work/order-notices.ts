const DATA = /^event: order-completed\n(?:id: .*\n)?data: .*"orderId":"([\w-]+)"/m;

/** What users are told of their orders, as the shop's page would listen: the moment each order was said to be complete. */
export const listenForOrders = async (url: string, users: ReadonlyArray<string>) => {
  const leaving = new AbortController();
  const waiting = new Map<string, () => void>();
  const told = new Set<string>();

  const hear = (notice: string): void => {
    const orderId = DATA.exec(notice)?.[1];
    if (orderId === undefined) return;
    told.add(orderId);
    waiting.get(orderId)?.();
  };
  const listen = async (userId: string): Promise<void> => {
    const answer = await fetch(`${url}/api/sse/subscribe/${userId}`, { signal: leaving.signal });
    const body = answer.body?.pipeThrough(new TextDecoderStream());
    if (answer.status !== 200 || body === undefined) throw new Error(`Listening: HTTP ${answer.status}`);
    const read = async (): Promise<void> => {
      let rest = '';
      for await (const piece of body) {
        const notices = (rest + piece).split('\n\n');
        rest = notices.pop() ?? '';
        notices.forEach(hear);
      }
    };
    // It ends when it is left.
    read().catch(() => undefined);
  };
  await Promise.all(users.map(listen));
  return {
    completed: (orderId: string): Promise<void> =>
      new Promise((resolve) => (told.has(orderId) ? resolve() : void waiting.set(orderId, resolve))),
    close: () => leaving.abort(),
  };
};
