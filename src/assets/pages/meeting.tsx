/** `/meeting.html#<number>`: a guest's page. */
import { useEffect, useState } from 'preact/hooks';
import { createOwnMedia } from '../devices/own-media';
import { createGuest } from '../guest/guest';
import { GuestApp } from '../guest/guest-app';
import { WrongNumber } from '../guest/over';
import { prepareChime } from '../live/chime';
import '../room/every-call-page';
import { Frame } from '../view/frame';
import { mount } from '../view/mount';
import { numberInAddress } from '../view/join-with-number';

mount(function MeetingPage() {
  const [started] = useState(start);
  useEffect(() => {
    // Another number in the same tab is another meeting: begin from nothing.
    const reload = (): void => location.reload();
    addEventListener('hashchange', reload);
    return () => removeEventListener('hashchange', reload);
  }, []);
  if (!started) {
    return (
      <Frame>
        <WrongNumber />
      </Frame>
    );
  }
  return <GuestApp guest={started.guest} media={started.media} />;
});

function start() {
  const meetingId = numberInAddress();
  if (meetingId === undefined) return undefined;
  const media = createOwnMedia();
  const guest = createGuest(meetingId, media);
  // Whoever has left looks at a page, and is not looked at.
  if (guest.state.value.stage !== 'over') void media.resume();
  prepareChime();
  return { media, guest };
}
