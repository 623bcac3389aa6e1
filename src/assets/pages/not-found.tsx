/** What the front port shows at an address where nothing is. */
import { text } from '../texts/text';
import { EndingCard } from '../view/ending';
import { Frame } from '../view/frame';
import { JoinWithNumber } from '../view/join-with-number';
import { mount } from '../view/mount';

mount(function NotFound() {
  return (
    <Frame>
      <EndingCard icon="info" title={text('notFound.title')} words={text('notFound.words')} form={<Ways />} />
    </Frame>
  );
});

const Ways = () => (
  <>
    <JoinWithNumber />
    <p>
      <a href="/">{text('notFound.home')}</a>
    </p>
  </>
);
