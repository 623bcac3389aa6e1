/** Every page that there is, by the address at which people come to it, and what they came to press. */
import type pages from '../../../src/assets/pages.json';

export interface Address {
  readonly path: string;
  /** The name of the button or field that is the page's point. */
  readonly control: string;
}

/** The addresses of files are not those that people are given. `{id}` is a persistent meeting's. */
const ADDRESSES: Readonly<Record<keyof typeof pages, Address>> = {
  '/assets/index.html': { path: '/', control: 'Start a meeting' },
  '/host.html': { path: '/host.html', control: 'Start a meeting' },
  '/meeting.html': { path: '/meeting.html#123456', control: 'Ask to join' },
  '/livekit-meeting.html': { path: '/meeting/{id}', control: 'Join now' },
  '/calls.html': { path: '/calls.html', control: 'Go online' },
  '/rooms.html': { path: '/rooms.html', control: 'Create the room' },
  '/test.html': { path: '/test.html', control: 'Play a test sound' },
  '/not-found.html': { path: '/no/such/page', control: 'Join' },
  '/docs.html': { path: '/docs.html', control: 'Find an address' },
};

/** A page that is not among them is a fault of types, so none is forgotten. */
export const addresses: readonly Address[] = Object.values(ADDRESSES);
