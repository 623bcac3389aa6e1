import { racesContract } from '../contract/races.contract';
import { memoryWorld } from '../support/memory-world';

racesContract('memory', memoryWorld, 100);
