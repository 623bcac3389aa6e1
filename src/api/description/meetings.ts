/** The waiting room's routes (seed 001), in the order of a meeting: examples are sent one after the other. */
import { ENTER, STILL_HERE, TEST_CONNECTION, GUEST_JOINS, LEAVE } from './meetings/guest';
import { WAITING, ADMIT, DENY, REMOVE, MESSAGE, EXPLAIN } from './meetings/host-guests';
import { CREATE, INVITE, HOST_JOINS, END } from './meetings/host-meeting';
import type { Operation } from './operation';

export const MEETINGS: readonly Operation[] = [
  CREATE,
  INVITE,
  ENTER,
  WAITING,
  MESSAGE,
  STILL_HERE,
  ADMIT,
  HOST_JOINS,
  GUEST_JOINS,
  TEST_CONNECTION,
  EXPLAIN,
  REMOVE,
  DENY,
  LEAVE,
  END,
];
