/** The stores of rooms that need no foreign server. */
import { memoryRecordsWorld, syncRecordsWorld } from '../support/records-worlds';
import { describeRoomRecords } from './room-records.contract';

describeRoomRecords('memory', memoryRecordsWorld);
describeRoomRecords('Twilio Sync', syncRecordsWorld);
