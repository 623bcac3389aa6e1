/** Which keys do what, and the switch for those who do not want them. */
import { Dialog } from '../parts/dialog';
import { text, type TextKey } from '../texts/text';
import { areKeysOn, type KeyId, KEYS, setKeysOn } from './keys';

const WORDS: Readonly<Record<KeyId, TextKey>> = {
  microphone: 'keys.microphone',
  camera: 'keys.camera',
  screen: 'keys.screen',
  people: 'keys.people',
  chat: 'keys.chat',
  hand: 'keys.hand',
  smallWindow: 'keys.smallWindow',
  fullScreen: 'keys.fullScreen',
  help: 'keys.help',
};

export interface KeysHelpProps {
  /** Those that do something here. */
  readonly ids: readonly KeyId[];
  readonly onClose: () => void;
}

export function KeysHelp({ ids, onClose }: KeysHelpProps) {
  return (
    <Dialog title={text('keys.title')} onClose={onClose}>
      <ul class="keys" aria-label={text('keys.title')}>
        {ids.map((id) => (
          <Key key={id} name={KEYS[id]} words={text(WORDS[id])} />
        ))}
        <Key name={text('keys.space')} words={text('keys.talk')} />
        <Key name={text('keys.escape')} words={text('keys.close')} />
        <Key name="← →" words={text('keys.arrows')} />
      </ul>
      <label class="keys-switch">
        <input
          type="checkbox"
          checked={areKeysOn()}
          onChange={({ currentTarget }) => setKeysOn(currentTarget.checked)}
        />
        <span>{text('keys.on')}</span>
      </label>
    </Dialog>
  );
}

const Key = ({ name, words }: { readonly name: string; readonly words: string }) => (
  <li>
    <span>{words}</span>
    <kbd>{name}</kbd>
  </li>
);
