/** Those who watch a room through a gateway's socket, or are in it. */
export interface RoomUpdate {
  readonly roomId: string;
  readonly userId: string;
  readonly action: 'joined' | 'left';
}

export interface RoomWatchers {
  /**
   * Tells everybody at every gateway that lives; news of one room keep their order.
   * Cost: 1 read of who they are, and 1 write for each gateway and update.
   */
  tell(updates: readonly RoomUpdate[]): Promise<void>;
}
