/** A meeting of a host, from opening it on. */
import { useState } from 'preact/hooks';
import { createOwnMedia, type OwnMedia } from '../devices/own-media';
import { remindOfThoseWhoWait, tellOfKnock } from './attend';
import { createHost, type Host } from './host';
import { HostApp } from './host-app';

interface HostedProps {
  readonly meetingId: string;
}

export function Hosted({ meetingId }: HostedProps) {
  const [{ host, media }] = useState(() => open(meetingId));
  return <HostApp host={host} media={media} />;
}

function open(meetingId: string): { readonly host: Host; readonly media: OwnMedia } {
  const media = createOwnMedia();
  void media.resume();
  const host = createHost(meetingId, media, tellOfKnock);
  remindOfThoseWhoWait(host);
  void host.open();
  return { host, media };
}
