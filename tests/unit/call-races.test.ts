import { callRacesContract } from '../contract/call-races.contract';
import { memoryCallsWorld } from '../support/memory-calls-world';
import { ShuffledTime } from '../support/shuffled-time';

callRacesContract('memory', () => memoryCallsWorld(new ShuffledTime()), 50);
