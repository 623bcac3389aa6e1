/** `/host.html#<number>`: a host's page; without a number, a meeting to make. */
import { useEffect, useState } from 'preact/hooks';
import { StartMeeting } from '../host/start-meeting';
import '../room/every-call-page';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { numberInAddress } from '../view/join-with-number';
import { later } from '../view/later';
import { mount } from '../view/mount';

const Hosted = later(async () => (await import('../host/hosted')).Hosted);

mount(function HostPage() {
  const [meetingId] = useState(numberInAddress);
  useEffect(() => {
    const reload = (): void => location.reload();
    addEventListener('hashchange', reload);
    return () => removeEventListener('hashchange', reload);
  }, []);
  if (meetingId !== undefined) return <Hosted meetingId={meetingId} />;
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
