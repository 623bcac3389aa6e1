/** Whether the microphone hears anything, and how one sounds to the others. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { DeviceSelect } from '../devices/device-select';
import { Level } from '../devices/level-bar';
import type { OwnMedia } from '../devices/own-media';
import { playThroughSpeaker } from '../devices/speaker';
import { troubleWith } from '../devices/trouble';
import { Button } from '../parts/button';
import { text, type TextKey } from '../texts/text';
import { canRecord, recordVoice } from './recording';
import { Step } from './step';

/** Louder than a quiet room. */
const HEARD = 0.3;
/** Then it is time to say what may be wrong. */
const SILENT_AFTER_MS = 15_000;

export function MicrophoneCheck({ media }: { readonly media: OwnMedia }) {
  const { microphone } = media;
  const track = microphone.track.value;
  const [isHeard, setHeard] = useState(false);
  const [isSilent, setSilent] = useState(false);
  useEffect(() => {
    setHeard(false);
    setSilent(false);
    if (!track) return undefined;
    const timer = setTimeout(() => setSilent(true), SILENT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [track]);
  const trouble = troubleWith(microphone);
  const isOn = microphone.isOn.value;
  const isMissed = isOn && isSilent && !isHeard;
  return (
    <Step
      title={text('devices.microphone')}
      outcome={trouble ? 'bad' : isHeard ? 'good' : isMissed ? 'warning' : 'open'}
      words={trouble ?? text(wordsFor({ isHeard, isMissed, isOff: track !== undefined && !isOn }))}
    >
      <Level device={microphone} isSaid heard={(level) => level > HEARD && setHeard(true)} />
      {canRecord() && <Recorder track={track} />}
      <DeviceSelect media={media} device={microphone} />
    </Step>
  );
}

const wordsFor = ({
  isHeard,
  isMissed,
  isOff,
}: Record<'isHeard' | 'isMissed' | 'isOff', boolean>): TextKey =>
  isOff
    ? 'level.muted'
    : isHeard
      ? 'test.microphone.heard'
      : isMissed
        ? 'test.microphone.silent'
        : 'test.microphone.speak';

const RECORDING = { recording: 'test.recording', failed: 'test.recordFailed' } as const;

function Recorder({ track }: { readonly track: MediaStreamTrack | undefined }) {
  const [state, setState] = useState<'idle' | 'recording' | 'failed'>('idle');
  const [address, setAddress] = useState<string>();
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address]);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    void element.play().catch(() => undefined);
    return playThroughSpeaker(element);
  }, [address]);
  const record = (): void => {
    if (!track) return;
    setAddress(undefined);
    setState('recording');
    recordVoice(track).then(
      (made) => {
        setState('idle');
        setAddress(made);
      },
      () => setState('failed'),
    );
  };
  return (
    <div class="stack precall-recorder">
      <div class="row">
        <Button icon="microphone" busy={state === 'recording'} onClick={record}>
          {text('test.record')}
        </Button>
      </div>
      <p class="small soft" role="status">
        {text(state === 'idle' ? (address ? 'test.recorded' : 'test.recordHint') : RECORDING[state])}
      </p>
      <div class="precall-player">
        {address && (
          <>
            {/* The browser's own controls move while it plays. */}
            <audio ref={ref} src={address} aria-label={text('test.recording.name')} />
            <Button icon="play" onClick={() => void ref.current?.play().catch(() => undefined)}>
              {text('test.hearAgain')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
