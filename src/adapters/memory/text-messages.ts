/** Text messages that stay in this process. */
import type { Clock } from '../../ports/clock';
import type { TextMessages } from '../../ports/text-messages';

export class MemoryTextMessages implements TextMessages {
  readonly sent: { readonly phone: string; readonly text: string }[] = [];

  constructor(private readonly clock: Clock) {}

  async send(phone: string, text: string): Promise<void> {
    await this.clock.sleep(0);
    this.sent.push({ phone, text });
  }
}
