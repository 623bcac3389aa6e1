/** `/`: what this is, a meeting to start, a number to join with. */
import { StartMeeting } from '../host/start-meeting';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { JoinWithNumber } from '../view/join-with-number';
import { mount } from '../view/mount';

mount(function Home() {
  return (
    <Frame>
      <div class="pair home">
        <div class="stack home-words">
          <Headline>{text('home.title')}</Headline>
          <p class="home-lead soft">{text('home.lead')}</p>
          <ul class="home-points">
            <li>{text('home.point1')}</li>
            <li>{text('home.point2')}</li>
            <li>{text('home.point3')}</li>
          </ul>
          <p>
            <a href="/calls.html">{text('calls.link')}</a>
          </p>
          <p>
            <a href="/rooms.html">{text('rooms.link')}</a>
          </p>
          <p>
            <a href="/docs.html">{text('docs.link')}</a>
          </p>
        </div>
        <div class="stack">
          <section class="card stack" aria-labelledby="start-heading">
            <h2 id="start-heading">{text('start.title')}</h2>
            <StartMeeting onCreated={(meetingId) => location.assign(`/host.html#${meetingId}`)} />
          </section>
          <section class="card stack" aria-labelledby="join-heading">
            <h2 id="join-heading">{text('number.title')}</h2>
            <JoinWithNumber />
          </section>
        </div>
      </div>
    </Frame>
  );
});
