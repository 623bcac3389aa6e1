/** The documents that guests watch, in this process. */
import type { LobbyView } from '../../domain/meeting';
import type { BoardView } from '../../ports/waiting-room';

export class MemoryLobby {
  private readonly views = new Map<string, LobbyView>();
  private readonly boards = new Map<string, BoardView>();

  show(object: string, view: LobbyView): void {
    this.views.set(object, view);
  }

  view(object: string): LobbyView | undefined {
    return this.views.get(object);
  }

  forget(object: string): void {
    this.views.delete(object);
  }

  showBoard(object: string, board: BoardView): void {
    this.boards.set(object, board);
  }

  board(object: string): BoardView | undefined {
    return this.boards.get(object);
  }
}
