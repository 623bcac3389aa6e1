/**
 * `GET /v2/diagnostics/token`: a room of the vendor's own, in no account, for whoever wants to test a connection, without
 * credentials. No page of the manual has it; the vendor's SDK for browsers asks it (`startConnectivityCheck`), and what
 * that sends and reads is what is known. How long a token lasts and whom a room is shared with, is not: these are ours.
 */
import { randomUUID } from 'node:crypto';
import { TEST_ROLE } from './joining';
import { TEST_TOKEN_SECONDS } from './limits';
import type { HmsState } from './state';
import { signToken } from './tokens';

/** The vendor's own, of no account. */
export interface VendorsKey {
  readonly accessKey: string;
  readonly secret: string;
}

/** @param now ms since epoch */
export function testToken(state: HmsState, { accessKey, secret }: VendorsKey, now: number): object {
  const room = state.openTestRoom();
  const seconds = Math.floor(now / 1000);
  const token = signToken(
    {
      access_key: accessKey,
      type: 'app',
      version: 2,
      room_id: room.id,
      user_id: randomUUID(),
      role: TEST_ROLE,
      jti: randomUUID(),
      iat: seconds,
      nbf: seconds,
      exp: seconds + TEST_TOKEN_SECONDS,
    },
    secret,
  );
  return { token };
}
