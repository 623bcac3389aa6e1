import { callEventsContract } from '../contract/call-events.contract';
import { callStoreContract } from '../contract/call-store.contract';
import { userDirectoryContract } from '../contract/user-directory.contract';
import { memoryCallsWorld } from '../support/memory-calls-world';

callStoreContract('memory', memoryCallsWorld);
userDirectoryContract('memory', memoryCallsWorld);
callEventsContract('memory', memoryCallsWorld);
