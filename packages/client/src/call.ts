/**
 * A request as openapi-fetch makes it, with its body as it was written and the caller's own signal. The platform's body is
 * a stream, which is sent once only, and a signal that it follows costs the more the more calls follow the same one.
 */
export class Call extends Request {
  readonly written: string | undefined;
  readonly leaving: AbortSignal | undefined;

  constructor(...[address, { body, signal, ...init } = {}]: ConstructorParameters<typeof Request>) {
    super(address, init);
    this.written = typeof body === 'string' ? body : undefined;
    this.leaving = signal ?? undefined;
  }
}
