/** One press is one press, however it is made: what follows it at once was meant for what it has taken away. */
import { pageCode } from '../../support/page-code';

interface Rendered {
  readonly props: {
    readonly onClick: (event: object) => void;
    readonly onKeyDown: (event: object) => void;
  };
}

const { Button } = pageCode('parts/button') as { Button: (props: object) => Rendered };

let timeStamp = 0;
beforeEach(() => (timeStamp += 10_000));

/** @returns what a click on it does: `pressed`, or `kept` from what the browser would do. */
function buttonWith(props: object = {}): (detail: number, afterMs: number) => string {
  return (detail, afterMs) => {
    let did = '';
    const { onClick } = Button({ children: '', onClick: () => (did += 'pressed'), ...props }).props;
    timeStamp += afterMs;
    onClick({ detail, timeStamp, preventDefault: () => (did += 'kept') });
    return did;
  };
}

test('the second click of a double click is not another press, nor one of the button that came in its place', () => {
  const [first, next] = [buttonWith(), buttonWith()];
  expect(first(1, 0)).toBe('pressed');
  expect(next(2, 200)).toBe('kept');
  expect(next(1, 0)).toBe('pressed');
});

test('whoever goes on clicking, or clicked where nothing took it, is heard', () => {
  const button = buttonWith();
  expect(button(1, 0)).toBe('pressed');
  expect(button(2, 300)).toBe('kept');
  expect(button(3, 300)).toBe('pressed');
  expect(buttonWith()(2, 1_000)).toBe('pressed');
});

test('one that is busy takes no press, and the press after it counts', () => {
  expect(buttonWith({ busy: true })(1, 0)).toBe('kept');
  expect(buttonWith()(2, 100)).toBe('pressed');
});

test('several are pressed after each other as quickly as by a program or a keyboard', () => {
  const clicks = [0, 1, 0, 1].map((detail) => buttonWith()(detail, 5));
  expect(clicks).toEqual(['pressed', 'pressed', 'pressed', 'pressed']);
});

test('Enter presses once, however long it is held; Tab moves on', () => {
  const isKept = (key: string, repeat: boolean): boolean => {
    let kept = false;
    Button({ children: '' }).props.onKeyDown({ key, repeat, preventDefault: () => (kept = true) });
    return kept;
  };
  expect([isKept('Enter', false), isKept('Enter', true), isKept('Tab', true)]).toEqual([false, true, false]);
});
