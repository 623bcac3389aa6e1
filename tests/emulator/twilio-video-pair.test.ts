/** The rules of one peer connection, as a table: what is passed on, what is dropped, what cannot be saved. */
import type { ClientPeerConnection } from '../../emulator/twilio-video/signaling/messages';
import { Pair } from '../../emulator/twilio-video/signaling/pair';

type Peer = 'alice' | 'bob';

const offer = (revision: number, ufrag = 'u'): ClientPeerConnection => ({
  id: 'p',
  description: { type: 'offer', revision, sdp: `v=0\r\na=ice-ufrag:${ufrag}\r\n` },
});
const answer = (revision: number): ClientPeerConnection => ({
  id: 'p',
  description: { type: 'answer', revision, sdp: 'v=0\r\na=ice-ufrag:u\r\n' },
});
const close: ClientPeerConnection = { id: 'p', description: { type: 'close', revision: 9 } };
const ice = (
  revision: number,
  candidates: string[],
  complete = false,
  ufrag = 'u',
): ClientPeerConnection => ({
  id: 'p',
  ice: { revision, ufrag, candidates, ...(complete && { complete }) },
});

/** In one word each. */
function judge(pair: Pair<Peer>, steps: ReadonlyArray<readonly [Peer, ClientPeerConnection]>): string[] {
  return steps.map(([peer, state]) => {
    const verdict = pair.judge(peer, state);
    return typeof verdict === 'string' ? verdict : 'relay';
  });
}

test.each<[string, ReadonlyArray<readonly [Peer, ClientPeerConnection, string]>]>([
  [
    'offers and answers go through, from either side',
    [
      ['alice', offer(2), 'relay'],
      ['bob', answer(2), 'relay'],
      ['bob', offer(3), 'relay'],
      ['alice', answer(3), 'relay'],
    ],
  ],
  [
    'of two offers at once the first wins, and the other comes again later',
    [
      ['alice', offer(2), 'relay'],
      ['bob', answer(2), 'relay'],
      ['alice', offer(3), 'relay'],
      ['bob', offer(3), 'drop'],
      ['bob', answer(3), 'relay'],
      ['bob', offer(4), 'relay'],
    ],
  ],
  [
    'an offer above the one that waits means that its answer is lost for good',
    [
      ['alice', offer(2), 'relay'],
      ['bob', offer(3), 'restart'],
    ],
  ],
  [
    'what a client repeats after a sync is old news',
    [
      ['alice', offer(2), 'relay'],
      ['alice', offer(2), 'drop'],
      ['bob', answer(2), 'relay'],
      ['bob', answer(2), 'drop'],
      ['alice', offer(2), 'drop'],
    ],
  ],
  [
    'an offer is replaced by a newer one of the same side',
    [
      ['alice', offer(2), 'relay'],
      ['alice', offer(3), 'relay'],
      ['bob', answer(2), 'drop'],
      ['bob', answer(3), 'relay'],
    ],
  ],
  ['an answer to nothing is dropped', [['bob', answer(2), 'drop']]],
  [
    'nobody answers an own offer',
    [
      ['alice', offer(2), 'relay'],
      ['alice', answer(2), 'drop'],
    ],
  ],
  ['an end that failed makes a new connection necessary', [['bob', close, 'restart']]],
  [
    'candidates pass once, and anew after an ICE restart',
    [
      ['alice', ice(1, ['a']), 'relay'],
      ['alice', ice(1, ['a']), 'drop'],
      ['alice', ice(2, ['a', 'b']), 'relay'],
      ['alice', ice(1, ['c'], false, 'other'), 'relay'],
    ],
  ],
])('%s', (_rule, steps) => {
  const verdicts = judge(
    new Pair<Peer>('alice', 'bob'),
    steps.map(([peer, state]) => [peer, state]),
  );
  expect(verdicts).toEqual(steps.map(([, , verdict]) => verdict));
});

describe('candidates', () => {
  test('are told all together, though a client begins its list anew with each description', () => {
    const pair = new Pair<Peer>('alice', 'bob');
    judge(pair, [
      ['alice', offer(2)],
      ['alice', ice(1, ['a'])],
      ['alice', ice(2, ['a', 'b'])],
    ]);
    expect(pair.judge('alice', ice(3, [], true))).toMatchObject({
      ice: { revision: 3, candidates: ['a', 'b'], complete: true },
    });
    expect(pair.judge('alice', ice(4, ['c']))).toMatchObject({ ice: { candidates: ['a', 'b', 'c'] } });
  });

  test('are all there only when the client said so, for the description that it sent last', () => {
    const pair = new Pair<Peer>('alice', 'bob');
    judge(pair, [['alice', offer(2)]]);
    expect(pair.hasAllCandidates('alice')).toBe(false);
    judge(pair, [['alice', ice(1, ['a'])]]);
    expect(pair.hasAllCandidates('alice')).toBe(false);
    judge(pair, [['alice', ice(2, ['a'], true)]]);
    expect(pair.hasAllCandidates('alice')).toBe(true);
    judge(pair, [
      ['bob', answer(2)],
      ['alice', offer(3, 'restarted')],
    ]);
    expect(pair.hasAllCandidates('alice')).toBe(false);
  });
});

describe('one who was away is told', () => {
  const types = (pair: Pair<Peer>, peer: Peer): string[] =>
    pair
      .replayTo(peer)
      .map(({ description, ice: candidates }) => description?.type ?? (candidates ? 'ice' : '-'));

  test('to offer, if nobody has spoken and it is the one who shall', () => {
    const pair = new Pair<Peer>('alice', 'bob');
    expect(types(pair, 'alice')).toEqual(['create-offer']);
    expect(types(pair, 'bob')).toEqual([]);
  });

  test('the offer that waits for it, with candidates', () => {
    const pair = new Pair<Peer>('alice', 'bob');
    judge(pair, [
      ['alice', offer(2)],
      ['alice', ice(1, ['a'])],
    ]);
    expect(types(pair, 'bob')).toEqual(['offer', 'ice']);
    expect(types(pair, 'alice')).toEqual(['-']);
  });

  test('the answer, and after it the offer that came since', () => {
    const pair = new Pair<Peer>('alice', 'bob');
    judge(pair, [
      ['alice', offer(2)],
      ['bob', answer(2)],
      ['bob', offer(3)],
    ]);
    expect(types(pair, 'alice')).toEqual(['answer', 'offer', '-']);
  });
});
