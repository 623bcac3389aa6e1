/** What we read of a session description by ourselves: which track each of its sections carries (RFC 8829, 5.2.1). */

export interface Section {
  readonly mid: string;
  readonly sends: boolean;
  /** The client's own id of the track. */
  readonly trackId: string | undefined;
}

export function sectionsIn(sdp: string): Section[] {
  const [, ...sections] = sdp.split(/\r?\nm=/);
  return sections.map((section) => {
    const [head = '', ...lines] = section.split(/\r?\n/);
    const valueOf = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
    const isMedia = /^(audio|video) [1-9]/.test(head);
    return {
      mid: valueOf('mid') ?? '',
      sends: isMedia && (lines.includes('a=sendonly') || lines.includes('a=sendrecv')),
      trackId: valueOf('msid')?.split(' ')[1],
    };
  });
}
