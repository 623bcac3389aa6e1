/** `/test.html#<number>`: camera, microphone, speaker and connection before a meeting; without a number, before any. */
import { useEffect, useState } from 'preact/hooks';
import { createOwnMedia } from '../devices/own-media';
import { PrecallTest } from '../precall/precall-test';
import '../room/every-call-page';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { numberInAddress } from '../view/join-with-number';
import { mount } from '../view/mount';

mount(function TestPage() {
  const [media] = useState(createOwnMedia);
  const [meetingId, setMeetingId] = useState(numberInAddress);
  useEffect(() => {
    void media.resume();
    const look = (): void => setMeetingId(numberInAddress());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, [media]);
  return (
    <Frame>
      <div class="card stack single">
        <Headline>{text('test.title')}</Headline>
        <PrecallTest media={media} meetingId={meetingId} />
        {meetingId !== undefined && (
          <a class="button button-primary button-wide" href={`/meeting.html#${meetingId}`}>
            <span>{text('test.toMeeting')}</span>
          </a>
        )}
      </div>
    </Frame>
  );
});
