/** `/host.html#<number>`: a host's page; without a number, a meeting to make. */
import { useEffect, useState } from 'preact/hooks';
import { createOwnMedia } from '../devices/own-media';
import { remindOfThoseWhoWait, tellOfKnock } from '../host/attend';
import { createHost } from '../host/host';
import { HostApp } from '../host/host-app';
import { StartMeeting } from '../host/start-meeting';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { numberInAddress } from '../view/join-with-number';
import { mount } from '../view/mount';

mount(function HostPage() {
  const [started] = useState(start);
  useEffect(() => {
    const reload = (): void => location.reload();
    addEventListener('hashchange', reload);
    return () => removeEventListener('hashchange', reload);
  }, []);
  if (started) return <HostApp host={started.host} media={started.media} />;
  return (
    <Frame>
      <div class="stack single card">
        <Headline>{text('start.title')}</Headline>
        {/* The change of number starts the page anew. */}
        <StartMeeting onCreated={(meetingId) => location.assign(`#${meetingId}`)} />
      </div>
    </Frame>
  );
});

function start() {
  const meetingId = numberInAddress();
  if (meetingId === undefined) return undefined;
  const media = createOwnMedia();
  void media.resume();
  const host = createHost(meetingId, media, tellOfKnock);
  remindOfThoseWhoWait(host);
  void host.open();
  return { host, media };
}
