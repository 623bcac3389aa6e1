/** The same as lobby.ts does for a guest, as developers write it. */

export const WATCH_IMPORT = "import { SyncClient } from 'twilio-sync';";

/** @param pass what the answer is called that a guest's document is opened with */
export const watchCode = (pass: string): string =>
  [
    `const sync = new SyncClient(${pass}.token, ${pass}.connect_options);`,
    `const place = await sync.document(${pass}.document);`,
    'console.log(place.data.state);',
    "place.on('updated', ({ data }) => console.log(data.state));",
  ].join('\n');

export const UNWATCH_CODE = 'await sync.shutdown();';
