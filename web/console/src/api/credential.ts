const KEPT_AS = 'doorbuster.credential';

/** For this tab alone, and until it is closed; empty where nobody signed in. */
export const credential = (): string => sessionStorage.getItem(KEPT_AS) ?? '';

export const signInWith = (secret: string): void => sessionStorage.setItem(KEPT_AS, secret);

export const signOut = (): void => sessionStorage.removeItem(KEPT_AS);
