/** What must be right about the files that were built, before the first of them is uploaded. */
import {
  LARGEST_ASSET_BYTES,
  LARGEST_FUNCTION_BYTES,
  LARGEST_UPLOAD_BYTES,
  MOST_ASSETS,
  MOST_FUNCTIONS,
} from './limits';
import type { Upload, UploadedFile } from './upload';

/** Their values belong into variables and nowhere else. */
const SECRETS = [
  'AUTH_TOKEN',
  'TWILIO_API_SECRET',
  'ADMIN_API_KEY',
  'TICKET_SECRET',
  'GATEWAY_SECRET',
  'LIVEKIT_API_SECRET',
  'HMS_APP_SECRET',
  'APP_SECRET',
  'HMS_WEBHOOK_SECRET',
  'MONGO_URI',
] as const;

/** Shorter ones occur by chance. */
const SHORTEST_SECRET = 8;

const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Every reason not to upload, one line each, with how to mend it. */
export function uploadRefusals(upload: Upload, variables: Readonly<Record<string, string>>): string[] {
  const { functions, assets } = upload;
  const files = [...functions, ...assets];
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...(functions.length > MOST_FUNCTIONS
      ? [
          `${functions.length} functions, and Twilio takes ${MOST_FUNCTIONS} in a build. Bring ${functions.length - MOST_FUNCTIONS} of src/functions together with others`,
        ]
      : []),
    ...(assets.length > MOST_ASSETS
      ? [`${assets.length} assets, and Twilio takes ${MOST_ASSETS}. Take some out of src/assets`]
      : []),
    ...tooLarge(functions, LARGEST_FUNCTION_BYTES, 'Import less into it, or only what it uses'),
    ...tooLarge(assets, LARGEST_ASSET_BYTES, 'Host it elsewhere'),
    ...(all > LARGEST_UPLOAD_BYTES
      ? [
          `All files have ${inMegabytes(all)}, and ${inMegabytes(LARGEST_UPLOAD_BYTES)} is our ceiling. Look at the largest: ${largest(files)}`,
        ]
      : []),
    ...files
      .filter(({ file }) => file.endsWith('.map'))
      .map(({ file }) => `${file} is a source map, which anybody could read. Build without it`),
    ...bakedIn(files, variables),
  ];
}

const tooLarge = (files: readonly UploadedFile[], ceiling: number, mend: string): string[] =>
  files
    .filter(({ bytes }) => bytes > ceiling)
    .map(
      ({ file, bytes }) => `${file} has ${inMegabytes(bytes)}, more than ${inMegabytes(ceiling)}. ${mend}`,
    );

const largest = (files: readonly UploadedFile[]): string =>
  files
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ file }) => file)
    .join(', ');

/** A variable's value in a file: its name is said, never the value. */
function bakedIn(files: readonly UploadedFile[], variables: Readonly<Record<string, string>>): string[] {
  const secrets = SECRETS.flatMap((name) =>
    spellings(name, variables[name] ?? '').map((spelling) => ({ name, spelling })),
  );
  return files.flatMap((one) => {
    const content = one.read();
    const names = secrets.filter(({ spelling }) => content.includes(spelling)).map(({ name }) => name);
    return [...new Set(names)].map(
      (name) =>
        `${one.file} holds the value of ${name}. Read it from the variable where it is needed (if it is there by chance, choose a longer one)`,
    );
  });
}

/** As it stands, and as source code, addresses and base64 would hold it. */
function spellings(name: string, value: string): string[] {
  const password = name === 'MONGO_URI' ? (/^[^@]*:\/\/[^:@/]*:([^@/]+)@/.exec(value)?.[1] ?? '') : '';
  return [value, password]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]);
}
