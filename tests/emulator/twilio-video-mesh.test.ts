/** The connections between all: which are healed after somebody was away, which are made anew, and who is told. */
import { Mesh, type Delivery } from '../../emulator/twilio-video/signaling/mesh';

type Peer = 'alice' | 'bob' | 'carol';

let mesh: Mesh<Peer>;
/** Of the connection between alice, who was there first, and bob, who offers. */
let id: string;

beforeEach(() => {
  mesh = new Mesh();
  id = mesh.join('bob', ['alice'])[0]!.id;
});

const offer = (revision = 2) => ({ id, description: { type: 'offer', revision } as const });
const answer = (revision = 2) => ({ id, description: { type: 'answer', revision } as const });
const CANDIDATES = { ufrag: 'u', revision: 1, candidates: ['host'], complete: true };
const ice = () => ({ id, ice: CANDIDATES });

function connect(): void {
  mesh.relay('bob', [offer(), ice()]);
  mesh.relay('alice', [answer(), ice()]);
}

/** `bob create-offer`, with `*` for who must also hear anew to whose tracks it is subscribed. */
const told = (deliveries: readonly Delivery<Peer>[]): string[] =>
  deliveries.map(({ to, state, resubscribe }) => {
    const what = state?.description?.type ?? (state ? 'ice' : '-');
    return `${to} ${what}${resubscribe ? ' *' : ''}`;
  });

const ANEW = ['alice close *', 'bob close *', 'bob create-offer'];

describe('after a lost socket', () => {
  test('a connection is kept that both have, and whose candidates all arrived', () => {
    connect();
    expect(mesh.sync('bob', [offer()])).toEqual([]);
    expect(mesh.sync('alice', [answer()])).toEqual([]);
  });

  test('what was lost with it is passed on', () => {
    mesh.relay('bob', [offer(), ice()]);
    mesh.relay('alice', [ice()]);
    expect(told(mesh.sync('alice', [answer()]))).toEqual(['bob answer']);
  });

  test('a connection is made anew that one of them no longer has', () => {
    connect();
    expect(told(mesh.sync('alice', []))).toEqual(ANEW);
  });

  test('a connection is made anew whose offer never arrived', () => {
    mesh.relay('bob', [offer(), ice()]);
    expect(told(mesh.sync('alice', []))).toEqual(ANEW);
  });

  test('a connection is made anew whose candidates may be lost', () => {
    mesh.relay('bob', [offer()]);
    expect(told(mesh.sync('bob', [offer()]))).toEqual(ANEW);
  });

  test('a connection is made anew of which nothing but the description came through', () => {
    expect(told(mesh.sync('bob', [offer()]))).toEqual(ANEW);
  });

  test('one that nobody began is left alone', () => {
    expect(mesh.sync('alice', [])).toEqual([]);
    expect(mesh.replay('bob')).toEqual([{ id, description: { type: 'create-offer', revision: 1 } }]);
  });
});

describe('a connection that is made anew', () => {
  test('carries no tracks until it is settled, and then both hear so', () => {
    connect();
    expect(mesh.carries('alice', 'bob')).toBe(true);
    const deliveries = mesh.relay('alice', [{ id, description: { type: 'close', revision: 3 } }]);
    expect(told(deliveries)).toEqual(ANEW);
    expect(mesh.carries('alice', 'bob')).toBe(false);
    id = deliveries.at(-1)!.state!.id;
    expect(told(mesh.relay('bob', [offer(), ice()]))).toEqual(['alice offer', 'alice ice']);
    expect(told(mesh.relay('alice', [answer()]))).toEqual(['bob answer *', 'alice - *']);
    expect(mesh.carries('bob', 'alice')).toBe(true);
    expect(told(mesh.relay('alice', [offer(3)]))).toEqual(['bob offer']);
    expect(told(mesh.relay('bob', [answer(3)]))).toEqual(['alice answer']);
  });
});

test('nobody speaks for others, or of connections that are gone', () => {
  expect(mesh.relay('carol', [offer()])).toEqual([]);
  expect(told(mesh.leave('alice'))).toEqual(['bob close']);
  expect(mesh.relay('bob', [offer()])).toEqual([]);
});
