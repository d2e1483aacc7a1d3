/** Why standard output or error could not be written to; null when the error is another one. */
export const outputFault = (error: unknown): { readonly isReaderGone: boolean; readonly said: string } | null =>
  error instanceof Error && 'code' in error && 'syscall' in error && error.syscall === 'write'
    ? { isReaderGone: error.code === 'EPIPE', said: `The output could not be written: ${error.message}` }
    : null;
