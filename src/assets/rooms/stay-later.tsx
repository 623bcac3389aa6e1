/** The way into a room, fetched when somebody takes it: the list of rooms needs nothing of it. */
import { later } from '../view/later';
import type { StayViewProps } from './stay-view';

export const StayLater = later<Omit<StayViewProps, 'media'>>(async () => {
  const { StayView, createOwnMedia } = await import('./stay-view');
  // The camera and microphone of this tab stay as they are from room to room.
  const media = createOwnMedia();
  return (props) => <StayView {...props} media={media} />;
});
