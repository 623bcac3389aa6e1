/** What is described, in groups that a reader looks for. */
import { CALLS } from './calls';
import { PERSISTENT } from './livekit-meetings';
import { JOINING } from './livekit-rooms';
import { MEETINGS } from './meetings';
import type { Operation } from './operation';
import { ROOMS } from './rooms';
import { GATEWAY, HEALTH, WEBHOOKS } from './service';

export interface Group {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

export const GROUPS: readonly Group[] = [
  {
    name: 'Waiting rooms',
    description: 'Errors are a line of text, `Error: …`, that says what to do.',
    operations: MEETINGS,
  },
  {
    name: 'Calls',
    description: 'Errors are `{message}`; a refused change is 409 `{message, call}`.',
    operations: CALLS,
  },
  { name: 'Rooms that last', description: 'Errors are `{message}`.', operations: ROOMS },
  { name: 'LiveKit rooms by name', description: 'Errors are `{msg}`.', operations: JOINING },
  { name: 'LiveKit meetings with a link', description: 'Errors are `{detail}`.', operations: PERSISTENT },
  { name: 'Service', description: 'Errors are `{message}`.', operations: HEALTH },
  { name: 'Webhooks', description: 'What vendors send. Not for clients.', operations: WEBHOOKS },
  {
    name: 'Gateway',
    description: 'Between gateways and functions. Not for clients, and free to change.',
    operations: GATEWAY,
  },
];
