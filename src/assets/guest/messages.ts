/** What the host has said: to this guest, and to all who wait. */
import type { HostMessage } from '../../api/meetings';

export const keyOf = ({ sent_at, text }: HostMessage): string => `${sent_at} ${text}`;

/** Newest first. */
export const inOrder = (
  own: readonly HostMessage[] = [],
  toAll: readonly HostMessage[] = [],
): readonly HostMessage[] => [...own, ...toAll].toSorted((a, b) => b.sent_at.localeCompare(a.sent_at));

/** @param until the time of the newest that was read; undefined: none was. @returns what was not read yet */
export const newsIn = (messages: readonly HostMessage[], until: string | undefined): readonly HostMessage[] =>
  messages.filter(({ sent_at }) => until === undefined || sent_at > until);
