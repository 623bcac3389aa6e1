/** The use cases over Twilio's adapters, against the emulators. */
import { randomBytes } from 'node:crypto';
import twilio from 'twilio';
import { createSyncEmulator, type SyncEmulator } from '../../emulator/twilio-sync/server';
import { createVideoEmulator, type VideoEmulator } from '../../emulator/twilio-video/server';
import { type RequestScope, requestScope } from '../../src/compose/request-scope';
import { waitingRoom } from '../../src/compose/waiting-room';
import type { Joined } from '../../src/app/join-token';
import type { LobbyView } from '../../src/domain/meeting';
import type { WaitingRoomServices } from '../../src/ports/services';
import type { BoardView } from '../../src/ports/waiting-room';
import { Tab } from '../emulator/twilio-video-tab';
import { ManualTime } from './manual-time';
import type { World } from './world';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

export interface TwilioWorld extends World {
  readonly clock: ManualTime;
  readonly environment: Readonly<Record<string, string>>;
  readonly sync: SyncEmulator;
  readonly video: VideoEmulator;
  readonly syncOrigin: string;
  readonly videoOrigin: string;
  /** The vendor's own server SDK, bound to the service under test. */
  readonly vendor: ReturnType<typeof twilio>;
  services(): WaitingRoomServices;
  /** A fresh request, for services of other groups. */
  scope(): RequestScope;
}

export interface TwilioWorldOptions {
  readonly limits?: 'enforced' | 'off';
  readonly clock?: ManualTime;
  /** Stands between our adapters and an emulator: takes its origin, answers the one to use. */
  readonly through?: (origin: string) => Promise<string>;
  /** More of the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

export async function twilioWorld({
  limits = 'enforced',
  clock = new ManualTime(),
  through = (origin) => Promise.resolve(origin),
  variables = {},
}: TwilioWorldOptions = {}): Promise<TwilioWorld> {
  const apiKey = `SK${hex(16)}`;
  const credentials = { accountSid: `AC${hex(16)}`, authToken: hex(16), apiKeys: { [apiKey]: hex(16) } };
  const sync = createSyncEmulator({ credentials, clock, limits });
  const video = createVideoEmulator({ credentials, clock });
  const [{ origin: syncOrigin }, { origin: videoOrigin }] = await Promise.all([
    sync.listen(),
    video.listen(),
  ]);
  const vendor = twilio(credentials.accountSid, credentials.authToken);
  vendor.sync.baseUrl = syncOrigin;
  vendor.video.baseUrl = videoOrigin;
  const service = await vendor.sync.v1.services.create({ aclEnabled: true });
  const environment = {
    ACCOUNT_SID: credentials.accountSid,
    AUTH_TOKEN: credentials.authToken,
    TWILIO_API_KEY: apiKey,
    TWILIO_API_SECRET: credentials.apiKeys[apiKey] ?? '',
    SYNC_SERVICE_SID: service.sid,
    SYNC_API_URL: await through(syncOrigin),
    VIDEO_API_URL: await through(videoOrigin),
    SYNC_REACHABILITY_WEBHOOKS: 'yes',
    ...variables,
  };
  const scope = (): RequestScope => requestScope(environment, syncOrigin, clock);
  const tabs: Tab[] = [];
  return {
    clock,
    environment,
    sync,
    video,
    syncOrigin,
    videoOrigin,
    vendor,
    scope,
    services: () => waitingRoom(scope()),
    view: async ({ object }) => {
      const document = await vendor.sync.v1.services(service.sid).documents(object).fetch();
      return document.data as LobbyView;
    },
    board: async (object) => {
      const document = await vendor.sync.v1.services(service.sid).documents(object).fetch();
      return document.data as BoardView;
    },
    connect: async (joined: Joined) => {
      const tab = await Tab.join(videoOrigin, { token: joined.token, name: joined.roomId });
      if (tab.phase !== 'connected') throw new Error(`refused: ${tab.ending?.code}`);
      tabs.push(tab);
    },
    hasLiveRoom: async (uniqueName) =>
      (await vendor.video.v1.rooms.list({ uniqueName, status: 'in-progress' })).length > 0,
    advance: (ms) => clock.advance(ms),
    close: async () => {
      for (const tab of tabs) tab.close();
      await Promise.all([sync.close(), video.close()]);
    },
  };
}
