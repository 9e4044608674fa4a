/** Receives what the launcher wants to tell; the caller decides where it goes. */
export type Log = (message: string, details?: object) => void;
