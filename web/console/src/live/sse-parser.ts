export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Takes a stream of server-sent events apart, however it was cut into pieces. */
export const sseParser = (onEvent: (event: ServerEvent) => void, onRetry: (ms: number) => void) => {
  let rest = '';
  let id = '';
  const read = (block: string): void => {
    let [event, data] = ['message', ''];
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
      if (field === 'id') id = value;
      else if (field === 'event') event = value;
      else if (field === 'data') data += value;
      else if (field === 'retry') onRetry(Number(value));
    }
    if (data !== '') onEvent({ id, event, data });
  };
  return (piece: string): void => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    blocks.forEach(read);
  };
};
