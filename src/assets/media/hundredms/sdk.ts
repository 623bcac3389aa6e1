/**
 * 100ms' SDK, made to serve a page that has cameras of its own. By itself it opens a camera and a microphone as soon as
 * it has joined, opens others in their place when the page comes back from the background, and reports to its maker.
 * None of that can be switched off by its documented interface; what is used beside it is named here, all of it, and
 * nowhere else.
 */
import { HMSLogLevel, HMSReactiveStore, type HMSStore } from '@100mslive/hms-video-store';

export type Actions = ReturnType<HMSReactiveStore['getActions']>;
export type Store = ReturnType<HMSReactiveStore['getStore']>;
export type State = HMSStore;
export type Notifications = ReturnType<HMSReactiveStore['getNotifications']>;

export interface Sdk {
  readonly actions: Actions;
  readonly store: Store;
  readonly notifications: Notifications;
  /**
   * Of some failures while joining it never tells: it waits for the join to end before it ends the join. This lets go
   * of one that takes too long.
   */
  readonly giveUpJoining: () => void;
}

interface Inner {
  readonly sdkState: { published: boolean; isJoinInProgress: boolean };
  setIsDiagnostics(is: boolean): void;
}

/** It wants the API of cameras, which browsers hide from pages that came by plain http from elsewhere. */
export const canCall = (): boolean => typeof RTCPeerConnection === 'function' && 'mediaDevices' in navigator;

/** For one stay in a room. */
export function createSdk(): Sdk {
  const hms = new HMSReactiveStore();
  const actions = hms.getActions();
  // Its log lines carry tokens and session details, and belong to nobody's console.
  actions.setLogLevel(HMSLogLevel.NONE);
  const { sdkState, ...inner } = innerOf(hms);
  // As it does while it tests devices: nothing is reported.
  inner.setIsDiagnostics(true);
  // What there is to publish the page brings.
  sdkState.published = true;
  return {
    actions,
    store: hms.getStore(),
    notifications: hms.getNotifications(),
    giveUpJoining: () => (sdkState.isJoinInProgress = false),
  };
}

function innerOf(hms: HMSReactiveStore): Inner {
  const { sdk } = hms as unknown as { sdk: Inner };
  return { sdkState: sdk.sdkState, setIsDiagnostics: (is) => sdk.setIsDiagnostics(is) };
}

/** A track of the SDK, as it keeps it. */
export interface SdkTrack {
  nativeTrack: MediaStreamTrack;
  readonly transceiver?: RTCRtpTransceiver;
  readonly handleVisibilityChange?: () => void;
  /** The element that the SDK plays somebody's sound with, beside the page. */
  getAudioElement?(): HTMLAudioElement | null;
}

export const sdkTrack = (actions: Actions, id: string): SdkTrack | undefined => actions.getTrackById(id);

/**
 * The page's track as it is lent to the SDK: a copy, because the SDK stops what it is done with. It is said to be from
 * no device in particular, and to be as large as anybody wants it, so that the SDK does not open that device anew to
 * have it as the room's template says; to have a name, because one without, or with that of a track made by Web Audio,
 * counts as a placeholder; and it does not say when it is interrupted, which the page sees to.
 */
export function lend(track: MediaStreamTrack): MediaStreamTrack {
  const copy = track.clone();
  const deviceId = track.kind === 'audio' ? 'default' : undefined;
  return Object.defineProperties(copy, {
    label: { value: track.kind },
    getSettings: { value: () => ({ ...MediaStreamTrack.prototype.getSettings.call(copy), deviceId }) },
    applyConstraints: { value: () => Promise.resolve() },
    addEventListener: { value: () => undefined },
  });
}

/** Cameras and microphones are looked after by the page when it was in the background. */
export function leaveAlone(track: SdkTrack | undefined): void {
  const { handleVisibilityChange: handle } = track ?? {};
  if (handle) document.removeEventListener('visibilitychange', handle);
}
