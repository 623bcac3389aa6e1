/** The documents that guests watch, in this process. */
import type { LobbyView } from '../../domain/meeting';

export class MemoryLobby {
  private readonly views = new Map<string, LobbyView>();

  show(object: string, view: LobbyView): void {
    this.views.set(object, view);
  }

  view(object: string): LobbyView | undefined {
    return this.views.get(object);
  }

  forget(object: string): void {
    this.views.delete(object);
  }
}
