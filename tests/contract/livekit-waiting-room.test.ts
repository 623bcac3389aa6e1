import { liveKitWorld } from '../support/livekit-world';
import { waitingRoomContract } from './waiting-room.contract';

waitingRoomContract('Twilio Sync and LiveKit', liveKitWorld);
