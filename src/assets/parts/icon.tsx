/** Line icons, 24 × 24, drawn in the colour of the text beside them. They say nothing to screen readers. */

const PATHS = {
  brand: 'M5 21V11a7 7 0 0 1 14 0v10M14.6 15.5v.01',
  camera: 'M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM15 11l6-3v8l-6-3',
  cameraOff:
    'M3 3l18 18M15 11l6-3v8l-3-1.5M15 15a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2M11 7h2a2 2 0 0 1 2 2v2',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  microphoneOff:
    'M3 3l18 18M15 10V6a3 3 0 0 0-5.7-1.3M9 9v2a3 3 0 0 0 4.6 2.5M5 11a7 7 0 0 0 11 5.7M19 11a7 7 0 0 1-.6 2.8M12 18v3',
  screen: 'M3 5h18v11H3zM8 20h8M12 13V8m0 0-2.5 2.5M12 8l2.5 2.5',
  leave: 'M3.5 14.5c5-4.700 12-4.700 17 0l-2 2.300-3.500-1.300v-2.300a11 11 0 0 0-6 0v2.300L5.500 16.800z',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.500a3.500 3.500 0 0 1 0 6M18 14.500a6.500 6.500 0 0 1 3.500 5.500',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  globe:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.500 2.500 3.800 5.600 3.800 9s-1.300 6.500-3.800 9c-2.500-2.500-3.800-5.600-3.800-9S9.500 5.500 12 3z',
  check: 'M4.500 12.500l5 5 10-11',
  share: 'M12 15V3m0 0L8 7m4-4 4 4M6 11H5v10h14V11h-1',
  close: 'M6 6l12 12M18 6L6 18',
  sound: 'M4 10v4h3l5 4V6L7 10zM16 9a4.500 4.500 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11',
  soundOff: 'M4 10v4h3l5 4V6L7 10zM16 9.500l5 5M21 9.500l-5 5',
  warning: 'M12 4L2.500 20h19zM12 10v4.500M12 17.300v.01',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.700v.01',
  signal: 'M5 19v-3M12 19V11M19 19V5',
  invite:
    'M10 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3.500 20a6.500 6.500 0 0 1 13 0M19 8v6M16 11h6',
  door: 'M6 21V4h9v17M3 21h18M15 6h4v15M11.500 12.500v.01',
  hourglass:
    'M6 3h12M6 21h12M7 3v3.500c0 3 5 4 5 5.500s-5 2.500-5 5.500V21M17 3v3.500c0 3-5 4-5 5.500s5 2.500 5 5.500V21',
  more: 'M4.300 12a.7.7 0 1 0 1.400 0 .7.7 0 1 0-1.400 0M11.300 12a.7.7 0 1 0 1.400 0 .7.7 0 1 0-1.400 0M18.300 12a.7.7 0 1 0 1.400 0 .7.7 0 1 0-1.400 0',
  fullScreen: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  pin: 'M9 4h6l-.7 6 3.200 3.500h-11L9.700 10zM12 13.500V20',
  unpin: 'M3 3l18 18M10 4h5l-.7 6 3.200 3.500h-4M9.600 10l-3.100 3.500h6.500M12 13.500V20',
  smallWindow: 'M3 5h18v14H3zM12 12h6v4h-6z',
  keyboard: 'M3 6h18v12H3zM7 10v.01M10.300 10v.01M13.700 10v.01M17 10v.01M8 14h8',
  speakerView: 'M3 5h18v10H3zM5 19h2M11 19h2M17 19h2',
  phone:
    'M6 3.500h3l1.500 4-2 1.500a11 11 0 0 0 5.500 5.500l1.500-2 4 1.500v3a2 2 0 0 1-2 2A15 15 0 0 1 4 5.500a2 2 0 0 1 2-2z',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  hand: 'M8 13V6a1.500 1.500 0 0 1 3 0v5M11 11V4.500a1.500 1.500 0 0 1 3 0V11M14 11V6a1.500 1.500 0 0 1 3 0v8a7 7 0 0 1-7 7c-2.600 0-4-1.300-5.200-3.500l-1.800-3.300a1.500 1.500 0 0 1 2.500-1.600L8 15.500',
  key: 'M8 18.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM11.300 10.800L19.500 3M16 6.300l2.500 2.500',
  play: 'M7 4.500l12 7.500-12 7.500z',
  chat: 'M4 5h16v11H9.500L5 20v-4H4zM8 9.500h8M8 12.500h5',
  send: 'M4 12L20 4.500 15.500 20l-4-6.500zM11.500 13.500L20 4.500',
  down: 'M12 5v14M6 13l6 6 6-6',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400zM9 14.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400z',
} as const;

export type IconName = keyof typeof PATHS;

/** Those that go the way one reads: turned around where that is from right to left. */
const READING_WAY: ReadonlySet<IconName> = new Set(['send', 'sound', 'soundOff', 'chat', 'people', 'invite']);

export function Icon({ name, size = 22 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      class={READING_WAY.has(name) ? 'mirrored' : undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
