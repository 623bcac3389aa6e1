/** What a guest who waits is shown; further fields may come and are ignored. */
export interface GuestView {
  readonly state: 'waiting' | 'admitted' | 'denied' | 'ended';
  readonly room_id?: string;
}
