/** `npm run emulators`: the emulators alone, on fixed ports, for any project that talks to these vendors. */
import { createHmsEmulator } from '../emulator/hundredms/server';
import { createLiveKitEmulator } from '../emulator/livekit/server';
import { createOutboxPage } from '../emulator/twilio-api/outbox-page';
import { createAccountEmulator } from '../emulator/twilio-api/server';
import { createSyncEmulator } from '../emulator/twilio-sync/server';
import { createVideoEmulator } from '../emulator/twilio-video/server';
import { CREDENTIAL_NAMES, emulatedAccount } from './emulators/credentials';
import { readVariables } from './environment/env-file';
import { ACCOUNT_VARIABLES, EMULATOR_VARIABLES, faultsIn } from './environment/variables';
import { onEnd } from './start/signals';
import { createSyncService } from './start/sync-service';

const HOST = '127.0.0.1';
/** Ends in any case: what has not stopped by then never will. */
const LAST_RESORT_MS = 1_700;

async function main(root: string): Promise<void> {
  const checks = { ...ACCOUNT_VARIABLES, ...EMULATOR_VARIABLES };
  const variables = readVariables(root, process.env, [
    ...CREDENTIAL_NAMES,
    ...Object.keys(EMULATOR_VARIABLES),
  ]);
  const faults = faultsIn(variables, checks);
  if (faults.length > 0) return fail(faults);

  const { credentials, livekitKeys, hmsKeys, lines } = emulatedAccount(variables);
  const api = createAccountEmulator({ credentials });
  const emulators = [
    {
      name: 'Twilio Sync',
      variable: 'SYNC_EMULATOR_PORT',
      port: 7811,
      server: createSyncEmulator({ credentials }),
    },
    {
      name: 'Twilio Video',
      variable: 'VIDEO_EMULATOR_PORT',
      port: 7812,
      server: createVideoEmulator({ credentials }),
    },
    {
      name: 'LiveKit',
      variable: 'LIVEKIT_EMULATOR_PORT',
      port: 7813,
      server: createLiveKitEmulator({ keys: livekitKeys }),
    },
    {
      name: '100ms',
      variable: 'HMS_EMULATOR_PORT',
      port: 7814,
      server: createHmsEmulator({ keys: hmsKeys }),
      path: '/v2',
    },
    { name: 'Twilio API', variable: 'TWILIO_API_EMULATOR_PORT', port: 7815, server: api },
    {
      name: 'Text messages, sent by the Twilio API',
      variable: 'SMS_OUTBOX_PORT',
      port: 7816,
      server: createOutboxPage(() => api.messages),
    },
  ];
  const end = async (code: number): Promise<void> => {
    setTimeout(() => process.exit(code), LAST_RESORT_MS).unref();
    await Promise.allSettled(emulators.map(({ server }) => server.close()));
    process.exit(code);
  };
  onEnd(() => void end(0));

  const origins: string[] = [];
  for (const { name, variable, port, server, path = '' } of emulators) {
    const wanted = Number(variables[variable] ?? port);
    try {
      const { origin } = await server.listen(wanted, HOST);
      origins.push(origin);
      console.log(`${name} emulator: ${origin}${path}`);
    } catch (error) {
      fail([explain(error, variable, wanted)]);
      return end(1);
    }
  }
  const service = await createSyncService(origins[0] ?? '', credentials, undefined);
  for (const line of [...lines, `SYNC_SERVICE_SID=${service}`]) console.log(line);
  console.log('Emulators are ready');
}

function explain(error: unknown, variable: string, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE'
    ? `${variable} ${port} is taken on ${HOST}: stop what listens there, or choose another`
    : `${variable} ${port}: ${message}`;
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}

main(process.cwd()).catch((error: unknown) => {
  fail([(error as Error).message]);
  process.exit();
});
