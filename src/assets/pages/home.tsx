/** `/`: what this is, a meeting to start, a number to join with; and what developers can build with it. */
import { Developers } from '../developers/developers';
import { StartMeeting } from '../host/start-meeting';
import { text, type TextKey } from '../texts/text';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { JoinWithNumber } from '../view/join-with-number';
import { mount } from '../view/mount';
import { PhonePicture, RoomsPicture, WaitingPicture } from './home-pictures';

mount(function Home() {
  return (
    <Frame>
      <div class="pair home">
        <div class="stack">
          <Headline keepsTitle>{text('home.title')}</Headline>
          <p class="home-lead soft">{text('home.lead')}</p>
        </div>
        <div class="stack home-doors">
          <section class="card stack" aria-labelledby="start-heading">
            <h2 id="start-heading">{text('start.title')}</h2>
            <StartMeeting onCreated={(meetingId) => location.assign(`/host.html#${meetingId}`)} />
          </section>
          <section class="card stack" aria-labelledby="join-heading">
            <h2 id="join-heading">{text('number.title')}</h2>
            <JoinWithNumber />
          </section>
        </div>
        <div class="stack">
          <ul class="home-points">
            <li>{text('home.point1')}</li>
            <li>{text('home.point2')}</li>
            <li>{text('home.point3')}</li>
          </ul>
          <p>
            <a href="#build">{text('home.developers')}</a>
          </p>
        </div>
      </div>
      <Uses />
      <Developers />
    </Frame>
  );
});

interface Use {
  readonly Picture: () => preact.JSX.Element;
  readonly title: TextKey;
  readonly words: TextKey;
  readonly link: TextKey;
  readonly to: string;
}

const USES: readonly Use[] = [
  {
    Picture: WaitingPicture,
    title: 'home.clinics',
    words: 'home.clinics.words',
    link: 'home.clinics.link',
    to: '/host.html',
  },
  {
    Picture: PhonePicture,
    title: 'home.support',
    words: 'home.support.words',
    link: 'calls.link',
    to: '/calls.html',
  },
  {
    Picture: RoomsPicture,
    title: 'home.advisers',
    words: 'home.advisers.words',
    link: 'rooms.link',
    to: '/rooms.html',
  },
];

function Uses() {
  return (
    <section class="stack uses" aria-labelledby="uses-heading">
      <h2 id="uses-heading">{text('home.uses')}</h2>
      <ul class="uses-list">
        {USES.map(({ Picture, title, words, link, to }) => (
          <li key={to} class="card use">
            <div class="use-picture">
              <Picture />
            </div>
            <h3>{text(title)}</h3>
            <p class="soft">{text(words)}</p>
            <p>
              <a href={to}>{text(link)}</a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
