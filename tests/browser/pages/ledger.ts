/** Runs inside the page, before anything of its own: counts what must not happen, and keeps the video small. */

export interface Ledger {
  violations: string[];
  /** Everything that moved by itself, such as `0.02 DIV.card`. */
  shifts: string[];
  connections: RTCPeerConnection[];
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

export function installLedger({ refuse }: { refuse: Partial<Record<'video' | 'audio', string>> }): void {
  const ledger: Ledger = { violations: [], shifts: [], connections: [] };
  Object.assign(window, { ledger });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    ledger.violations.push(`policy: ${violatedDirective} ${blockedURI}`),
  );
  // A hundredth of what counts as good (https://web.dev/articles/cls): a word of one line by some pixels.
  const least = 0.001;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      if (entry.hadRecentInput || entry.value < least) continue;
      const moved = entry.sources.map(({ node }) => {
        const element = node instanceof Element ? node : node?.parentElement;
        return `<${element?.outerHTML.slice(1, 120) ?? 'gone'}`;
      });
      ledger.shifts.push(`${entry.value.toFixed(4)} ${moved.join(' ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });

  // What is heard is only to be learned from the connections.
  const connections = new Set<RTCPeerConnection>();
  const native: unknown = Object.getOwnPropertyDescriptor(
    RTCPeerConnection.prototype,
    'setRemoteDescription',
  )?.value;
  RTCPeerConnection.prototype.setRemoteDescription = function noted(description: RTCSessionDescriptionInit) {
    connections.add(this);
    ledger.connections = [...connections];
    return Reflect.apply(native as (given: typeof description) => Promise<void>, this, [description]);
  };

  const { mediaDevices } = navigator;
  if (!mediaDevices) return;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted = {}) => {
    for (const kind of ['video', 'audio'] as const) {
      const name = refuse[kind];
      if (wanted[kind] && name) throw new DOMException('refused by the test', name);
    }
    const which = (constraints: MediaTrackConstraints | boolean | undefined): MediaTrackConstraints =>
      typeof constraints === 'object' && constraints.deviceId ? { deviceId: constraints.deviceId } : {};
    const video = { ...which(wanted.video), width: 320, height: 180, frameRate: 10 };
    return open({
      ...(wanted.audio ? { audio: which(wanted.audio) } : {}),
      ...(wanted.video ? { video } : {}),
    });
  };
}
