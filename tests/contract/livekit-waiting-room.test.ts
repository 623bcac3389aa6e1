import { waitingRoomOnLiveKit } from '../support/waiting-room-on-livekit';
import { waitingRoomContract } from './waiting-room.contract';

waitingRoomContract('Twilio Sync and LiveKit', waitingRoomOnLiveKit);
