/** Whether one hears the others: only the person can say. */
import { useState } from 'preact/hooks';
import { SpeakerSelect } from '../devices/device-select';
import type { OwnMedia } from '../devices/own-media';
import { playTestSound } from '../devices/test-sound';
import { Button } from '../parts/button';
import { text, type TextKey } from '../texts/text';
import { type Outcome, Step } from './step';

type State = 'idle' | 'playing' | 'asked' | 'heard' | 'notHeard' | 'failed';

const STATES: Readonly<Record<State, { outcome: Outcome; words: TextKey; advice?: TextKey }>> = {
  idle: { outcome: 'open', words: 'test.speaker.words' },
  playing: { outcome: 'running', words: 'test.speaker.playing' },
  asked: { outcome: 'open', words: 'test.speaker.ask' },
  heard: { outcome: 'good', words: 'test.speaker.heard' },
  notHeard: { outcome: 'warning', words: 'test.speaker.notHeard', advice: 'test.speaker.advice' },
  failed: { outcome: 'bad', words: 'speaker.unable' },
};

export function SpeakerCheck({ media }: { readonly media: OwnMedia }) {
  const [state, setState] = useState<State>('idle');
  const { outcome, words, advice } = STATES[state];
  const play = (): void => {
    setState('playing');
    playTestSound().then(
      () => setState('asked'),
      () => setState('failed'),
    );
  };
  return (
    <Step
      title={text('devices.speaker')}
      outcome={outcome}
      words={text(words)}
      advice={advice && text(advice)}
    >
      <div class="row">
        {state === 'asked' ? (
          <>
            <Button icon="check" onClick={() => setState('heard')}>
              {text('test.yes')}
            </Button>
            <Button onClick={() => setState('notHeard')}>{text('test.no')}</Button>
          </>
        ) : (
          <Button icon="sound" busy={state === 'playing'} onClick={play}>
            {text('speaker.test')}
          </Button>
        )}
      </div>
      <SpeakerSelect media={media} />
    </Step>
  );
}
