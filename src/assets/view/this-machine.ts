/** Addresses that lead somewhere only where the server runs, too. */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @returns undefined where the page came from another machine */
export const onlyOnThisMachine = (address: string | undefined): string | undefined =>
  LOOPBACK.test(location.hostname) ? address : undefined;
