/** The same as lobby.ts does for a guest, as developers write it. */

export const WATCH_IMPORT = "import { SyncClient } from 'twilio-sync';";

/**
 * @param pass what the answer is called that a guest's document is opened with
 * @param as what is there once the guest is let in is to be called
 */
export const watchCode = (pass: string, as: string): string =>
  [
    `const sync = new SyncClient(${pass}.token, ${pass}.connect_options);`,
    `const place = await sync.document(${pass}.document);`,
    'console.log(place.data.state);',
    `const ${as} = new Promise((go) =>`,
    "  place.on('updated', ({ data }) => {",
    '    console.log(data.state);',
    "    if (data.state === 'admitted') go(data);",
    '  }),',
    ');',
  ].join('\n');

export const UNWATCH_CODE = 'await sync.shutdown();';
