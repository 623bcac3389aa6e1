import { racesContract } from '../contract/races.contract';
import { memoryWorld } from '../support/memory-world';
import { ShuffledTime } from '../support/shuffled-time';

racesContract('memory', () => memoryWorld(new ShuffledTime()), 300);
