/** The Sync identity that all guests share who watch one document; it can read nothing else. */
export const lobbyIdentity = (documentSid: string): string => `lobby.${documentSid}`;
