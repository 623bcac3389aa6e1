/** Camera, microphone, speaker and connection, one below the other: each says how it is, and what to do if it is not well. */
import type { OwnMedia } from '../devices/own-media';
import { text } from '../texts/text';
import { CameraCheck } from './camera-check';
import { ConnectionCheck } from './connection-check';
import { MicrophoneCheck } from './microphone-check';
import { SpeakerCheck } from './speaker-check';

export interface PrecallTestProps {
  readonly media: OwnMedia;
  /** Of the meeting to test for, if there is one. */
  readonly meetingId?: string | undefined;
}

export function PrecallTest({ media, meetingId }: PrecallTestProps) {
  return (
    <div class="stack precall">
      <p class="soft">{text('test.words')}</p>
      <ol class="precall-steps">
        <CameraCheck media={media} />
        <MicrophoneCheck media={media} />
        <SpeakerCheck media={media} />
        <ConnectionCheck meetingId={meetingId} />
      </ol>
    </div>
  );
}
