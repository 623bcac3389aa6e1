import { waitingRoomContract } from '../contract/waiting-room.contract';
import { memoryWorld } from '../support/memory-world';

waitingRoomContract('memory', () => memoryWorld());
