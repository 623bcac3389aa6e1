/** Before asking: one's name, and how one looks and sounds. */
import type { OwnMedia } from '../devices/own-media';
import { spacedNumber, text } from '../texts/text';
import { Prepare } from '../view/prepare';
import type { Guest } from './guest';
import { troubleWords } from '../texts/trouble';

export function Preparing({ guest, media }: { readonly guest: Guest; readonly media: OwnMedia }) {
  const { stage, trouble } = guest.state.value;
  return (
    <Prepare
      media={media}
      name={guest.name}
      meetingId={guest.meetingId}
      where={text('meeting.number', { number: spacedNumber(guest.meetingId) })}
      words={text('prepare.words')}
      go={text('prepare.go')}
      onGo={guest.ask}
      busy={stage === 'asking'}
      trouble={trouble && troubleWords(trouble)}
    />
  );
}
