import { twilioCallsWorld } from '../support/twilio-calls-world';
import { callEventsContract } from './call-events.contract';
import { callStoreContract } from './call-store.contract';
import { userDirectoryContract } from './user-directory.contract';

callStoreContract('Twilio Sync', twilioCallsWorld);
userDirectoryContract('Twilio Sync', twilioCallsWorld);
callEventsContract('Twilio Sync', twilioCallsWorld);
