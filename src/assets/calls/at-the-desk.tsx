/** Online: between calls, on the way into one, and in it. */
import { useEffect } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { countedTitle, useTitle } from '../view/title';
import { CallRoom } from './call-room';
import type { Desk } from './desk';
import { OnTheWay } from './on-the-way';
import { otherOf } from './outcome';
import type { Reception } from './reception';
import { Ringing } from './ringing';
import { Switchboard } from './switchboard';
import { play } from './tones';

export interface AtTheDeskProps {
  readonly desk: Desk;
  readonly reception: Reception;
  readonly media: OwnMedia;
  readonly onChange: () => void;
}

export function AtTheDesk({ desk, media, reception, onChange }: AtTheDeskProps) {
  const { phone, user } = desk;
  const { stage, call } = phone.state.value;
  const session = phone.room.value;
  useTone(stage === 'ringing' ? 'ring' : stage === 'dialling' ? 'ringBack' : undefined);
  useCallTitle(desk);
  if (stage === 'inCall' && session && call) {
    return <CallRoom phone={phone} media={media} session={session} other={otherOf(call, user.id)} />;
  }
  const isRinging = (stage === 'ringing' || stage === 'answering') && call !== undefined;
  const isAtHome = stage === 'idle' || stage === 'elsewhere' || isRinging;
  return (
    <>
      <Frame>
        {isAtHome && !phone.isResuming.value ? (
          <Switchboard desk={desk} media={media} reception={reception} onChange={onChange} />
        ) : (
          <OnTheWay desk={desk} media={media} />
        )}
      </Frame>
      {isRinging && <Ringing phone={phone} media={media} caller={call.caller} />}
    </>
  );
}

function useTone(tone: 'ring' | 'ringBack' | undefined): void {
  useEffect(() => (tone === undefined ? undefined : play(tone)), [tone]);
}

/** A tab that is out of sight says by its title that it rings, or how often it has rung in vain. */
function useCallTitle({ phone, missed }: Desk): void {
  const { stage, call } = phone.state.value;
  const count = missed.all.value.length;
  const caller = stage === 'ringing' ? call?.caller.name : undefined;
  useTitle(
    caller === undefined
      ? countedTitle(count)
      : text('title.ringing', { words: text('ringing.title', { name: caller }) }),
  );
}
