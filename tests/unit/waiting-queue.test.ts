import { waitingQueueContract } from '../contract/waiting-queue.contract';
import { memoryWorld } from '../support/memory-world';
import { ShuffledTime } from '../support/shuffled-time';

waitingQueueContract('memory', () => memoryWorld(new ShuffledTime()), 200);
