/** One's own hand, in the call's menu. */
import type { MenuItem } from '../../parts/menu';
import { text } from '../../texts/text';
import type { RoomSession } from '../session';

/** Nothing where two talk to each other: there is nobody to take turns with. */
export function handItem({ hands, participants }: RoomSession): MenuItem | undefined {
  const isUp = hands.isMineUp.value;
  if (participants.value.length < 2 && !isUp) return undefined;
  return {
    id: 'hand',
    icon: 'hand',
    label: text(isUp ? 'hand.lower' : 'hand.raise'),
    onPress: () => hands.raise(!isUp),
  };
}
