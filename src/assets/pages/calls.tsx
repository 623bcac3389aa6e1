/** `/calls.html`: who is online, and calls that ring. */
import { useState } from 'preact/hooks';
import { takeTokenFromAddress } from '../api/user-token';
import { CallsApp } from '../calls/calls-app';
import { createReception } from '../calls/reception';
import { prepareTones } from '../calls/tones';
import { createOwnMedia } from '../devices/own-media';
import '../room/every-call-page';
import { mount } from '../view/mount';

mount(function CallsPage() {
  const [{ reception, media }] = useState(start);
  return <CallsApp reception={reception} media={media} />;
});

function start() {
  takeTokenFromAddress();
  prepareTones();
  const media = createOwnMedia();
  return { media, reception: createReception(media) };
}
