/** One live connection by which a device is online and hears of calls; there are two kinds. */
import type { CallEvent, CallResponse, UserEntry } from '../../../api/calls';
import type { Refusal } from '../../api/refusal';

/** A call as it stands, and which message says so: `<call id>:<n>`. */
export interface News {
  readonly id: string;
  readonly call: CallResponse;
}

export const newsIn = ({ id, call }: CallEvent): News => ({ id, call });

export interface WireEvents {
  readonly told: (news: News) => void;
  /** It repairs itself. */
  readonly connection: (state: 'live' | 'lost') => void;
  /** It is over, and another has to be opened. @param refusal the server's reason, where it gave one */
  readonly over: (refusal?: Refusal) => void;
}

export interface Wire {
  /** At a gateway others see at once that somebody has gone; otherwise they are told. */
  readonly via: 'socket' | 'sync';
  /** `away`: the device goes offline; otherwise another wire takes over. */
  close(away: boolean): void;
}

/** @throws Refusal; `offline` where nobody answers there */
export type OpenWire = (me: UserEntry, lastEventId: string | undefined, events: WireEvents) => Promise<Wire>;
