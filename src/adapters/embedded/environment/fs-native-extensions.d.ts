/** What is used of it; it brings no types. */
declare module 'fs-native-extensions' {
  /** Asks the kernel for the lock of an open file, at once: false when another open file has it. */
  export const tryLock: (fd: number, options?: { readonly shared?: boolean }) => boolean;
}
