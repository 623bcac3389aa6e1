import {
  hundredMsMediaWorld,
  liveKitMediaWorld,
  memoryMediaWorld,
  twilioMediaWorld,
} from '../support/media-worlds';
import { liveKitRoomsContract } from './livekit-rooms.contract';
import { mediaServerContract } from './media-server.contract';

mediaServerContract('in memory', memoryMediaWorld);
mediaServerContract('Twilio Video on its emulator', twilioMediaWorld);
mediaServerContract('LiveKit on its emulator', liveKitMediaWorld);
mediaServerContract('100ms on its emulator', hundredMsMediaWorld);
liveKitRoomsContract('LiveKit on its emulator', liveKitMediaWorld);
