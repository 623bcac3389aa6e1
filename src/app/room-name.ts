import type { Meeting } from '../domain/meeting';

/**
 * The video room's name follows from the meeting, so two hosts at once are given one room, and the room can
 * be found again whatever was lost.
 */
export const roomName = ({ key }: Pick<Meeting, 'key'>): string => `meeting-${key}`;

/** Keys are at least this long; names like these are not chosen by people for rooms of their own. */
const ROOM_NAME = /^meeting-([\w-]{30,})(?:\.\d+)?$/;

/** The key of the meeting that a room of this name belongs to, if it is a meeting's; a vendor may number the rooms of one name. */
export const keyOfRoomName = (name: string): string | undefined => ROOM_NAME.exec(name)?.[1];
