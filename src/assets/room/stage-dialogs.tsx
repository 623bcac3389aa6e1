/** The dialogs of the call's menu, each loaded when it is opened. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import type { KeyId } from './keys';

export type StageDialog = 'devices' | 'keys' | 'language';

interface StageDialogsProps {
  readonly which: StageDialog | undefined;
  readonly media: OwnMedia;
  /** Keys that do something here. */
  readonly keys: readonly KeyId[];
  readonly onClose: () => void;
}

export function StageDialogs({ which, media, keys, onClose }: StageDialogsProps) {
  if (which === 'devices')
    return <Loaded load={deviceSettings} props={{ media, onClose }} onFail={onClose} />;
  if (which === 'keys') return <Loaded load={keysHelp} props={{ ids: keys, onClose }} onFail={onClose} />;
  if (which === 'language') return <Loaded load={languageDialog} props={{ onClose }} onFail={onClose} />;
  return null;
}

const deviceSettings = async () => (await import('../devices/device-settings')).DeviceSettings;
const keysHelp = async () => (await import('./keys-help')).KeysHelp;
const languageDialog = async () => (await import('../view/language-dialog')).LanguageDialog;

interface LoadedProps<Props> {
  readonly load: () => Promise<FunctionComponent<Props>>;
  readonly props: Props;
  /** It could not be loaded: another press tries again. */
  readonly onFail: () => void;
}

function Loaded<Props extends object>({ load, props, onFail }: LoadedProps<Props>) {
  const [View, show] = useState<FunctionComponent<Props>>();
  useEffect(() => {
    let isGone = false;
    load().then(
      (view) => isGone || show(() => view),
      () => isGone || onFail(),
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  return View ? <View {...props} /> : null;
}
