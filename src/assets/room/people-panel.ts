/** The panel of who is in the room, as every page shows it: with what the page adds to it. */
import type { ComponentChildren } from 'preact';
import { text } from '../texts/text';
import type { Panel } from './panel';

/** @param waiting how many wait for something to be done in it */
export function peoplePanel(content: ComponentChildren, waiting = 0, news?: Panel['news']): Panel {
  return {
    id: 'people',
    icon: 'people',
    label: text('controls.people'),
    names: {
      show: waiting > 0 ? text('controls.peopleWaiting', { count: waiting }) : text('controls.showPeople'),
      hide: waiting > 0 ? text('controls.peopleWaiting', { count: waiting }) : text('controls.hidePeople'),
    },
    badge: waiting,
    startsOpen: true,
    ...(news ? { news } : {}),
    content,
  };
}
