/**
 * `/meeting/<id>`: the page of a persistent meeting, for whoever has its link. Without a front port, which leads
 * that address here, it is `/livekit-meeting.html#<id>`.
 */
import { useEffect, useState } from 'preact/hooks';
import { createOwnMedia } from '../devices/own-media';
import '../room/every-call-page';
import { mount } from '../view/mount';
import { createVisit } from '../visit/visit';
import { VisitApp } from '../visit/visit-app';

mount(function VisitPage() {
  const [{ visit, media }] = useState(start);
  useEffect(() => {
    // Another meeting in the same tab: begin from nothing.
    const reload = (): void => location.reload();
    addEventListener('hashchange', reload);
    return () => removeEventListener('hashchange', reload);
  }, []);
  return <VisitApp visit={visit} media={media} />;
});

function start() {
  const media = createOwnMedia();
  void media.resume();
  return { media, visit: createVisit(idInAddress(), media) };
}

/** What is no meeting's id is not found, like any other. */
function idInAddress(): string {
  const [, inPath] = /^\/meeting\/([^/]+)\/?$/.exec(location.pathname) ?? [];
  try {
    return decodeURIComponent(inPath ?? location.hash.slice(1)) || '-';
  } catch {
    return '-';
  }
}
