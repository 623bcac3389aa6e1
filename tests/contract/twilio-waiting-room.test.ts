import { twilioWorld } from '../support/twilio-world';
import { waitingRoomContract } from './waiting-room.contract';

waitingRoomContract('Twilio Sync and Video', twilioWorld);
