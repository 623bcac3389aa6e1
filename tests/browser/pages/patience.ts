/** How long a test waits for what is to happen. When all is well nothing takes that long; a machine may do much else. */
export const PATIENCE_MS = 60_000;
