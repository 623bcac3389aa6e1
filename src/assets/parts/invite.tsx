/** What others need to come: the link, its QR code, the number to say on the phone if there is one. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Button } from './button';
import { copyText } from './copy-text';
import { Dialog } from './dialog';
import { Field } from './field';
import { QrCode } from './qr-code';

const COPIED_MS = 2_500;

export interface InviteProps {
  readonly link: string;
  /** What happens to whoever follows it. */
  readonly words: string;
  readonly number?: string;
  /** Other ways to send it. */
  readonly children?: ComponentChildren;
}

/** Opens what others need to come in a dialog. */
export function InviteButton({ link, class: more }: { readonly link: string; readonly class?: string }) {
  const [isInviting, setInviting] = useState(false);
  return (
    <>
      <Button {...(more && { class: more })} icon="invite" onClick={() => setInviting(true)}>
        {text('visit.inviteTitle')}
      </Button>
      {isInviting && (
        <Dialog title={text('visit.inviteTitle')} onClose={() => setInviting(false)}>
          <Invite link={link} words={text('visit.invite')} />
        </Dialog>
      )}
    </>
  );
}

export function Invite({ link, words, number, children }: InviteProps) {
  const [copied, setCopied] = useState(false);
  const [failure, setFailure] = useSaid();
  const [canShare] = useState(() => typeof navigator.share === 'function');
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(link, () => {
      const field = document.querySelector<HTMLInputElement>('.invite input');
      field?.focus();
      field?.select();
    });
    setFailure(isCopied ? undefined : () => text('invite.notCopied'));
    if (!isCopied) return announce(text('invite.notCopied'), true);
    setCopied(true);
    announce(text('invite.copied'));
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  const share = (): void =>
    void navigator.share({ title: text('invite.shareTitle'), url: link }).catch(() => undefined);
  return (
    <div class="stack invite">
      <p>{words}</p>
      <div class="invite-link">
        <Field label={text('invite.link')} value={link} onText={() => undefined} readOnly dir="ltr" />
        <Button
          icon={copied ? 'check' : 'copy'}
          aria-label={text(copied ? 'invite.copied' : 'invite.copy')}
          onClick={() => void copy()}
        >
          {text(copied ? 'invite.done' : 'invite.copyShort')}
        </Button>
      </div>
      {failure && <p class="small">{failure}</p>}
      {canShare && (
        <div>
          <Button icon="share" onClick={share}>
            {text('invite.share')}
          </Button>
        </div>
      )}
      <div class="invite-code">
        <QrCode content={link} label={text('invite.qr')} />
        <div>
          {number && <p class="small soft">{text('invite.number')}</p>}
          {number && <p class="invite-number">{number}</p>}
          <p class="small soft">{text('invite.scan')}</p>
        </div>
      </div>
      {children}
    </div>
  );
}
