/** What changed between two states of the tracks that a participant publishes. */
import { newSid, type Track, type TrackState } from './room';

export interface TrackChange {
  readonly type: 'track-added' | 'track-removed' | 'track-enabled' | 'track-disabled';
  readonly track: Track;
}

export interface ChangedTracks {
  readonly tracks: ReadonlyMap<string, Track>;
  /** In the vendor's terms, which have no word for a change of priority. */
  readonly changes: readonly TrackChange[];
  /** True for a change of any kind. */
  readonly changed: boolean;
}

export function changedTracks(
  before: ReadonlyMap<string, Track>,
  states: readonly TrackState[],
): ChangedTracks {
  const tracks = new Map<string, Track>();
  const changes: TrackChange[] = [];
  let reprioritized = false;
  for (const state of states) {
    const old = before.get(state.id);
    // Kind and name are fixed at publication; enabled and priority may change.
    const track: Track = old
      ? { ...old, enabled: state.enabled, priority: state.priority }
      : { ...state, sid: newSid('MT') };
    tracks.set(track.id, track);
    if (!old) changes.push({ type: 'track-added', track });
    else if (old.enabled !== track.enabled) {
      changes.push({ type: track.enabled ? 'track-enabled' : 'track-disabled', track });
    } else reprioritized ||= old.priority !== track.priority;
  }
  for (const track of before.values()) {
    if (!tracks.has(track.id)) changes.push({ type: 'track-removed', track });
  }
  return { tracks, changes, changed: reprioritized || changes.length > 0 };
}
