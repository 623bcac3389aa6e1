/** A map's or list's items: found by their ids, and in the order of these from anywhere on, however many there are. */
import type { Item } from './state';

type ItemId = Item['id'];

export type Place = { readonly id: ItemId } | { readonly end: 'first' | 'last' };

export class OrderedItems {
  readonly #byId = new Map<ItemId, Item>();
  /** By id, ascending. */
  readonly #order: Item[] = [];

  get(id: ItemId): Item | undefined {
    return this.#byId.get(id);
  }

  /** @param item whose id no other has */
  add(item: Item): void {
    this.#byId.set(item.id, item);
    this.#order.splice(this.#indexOf(item.id), 0, item);
  }

  /** @returns false when there is none. */
  delete(id: ItemId): boolean {
    if (!this.#byId.delete(id)) return false;
    this.#order.splice(this.#indexOf(id), 1);
    return true;
  }

  values(): Iterable<Item> {
    return this.#order;
  }

  /**
   * What lies around a place, in order.
   * @param place where the item of this id is, or would be; or an end, which is no id
   * @param count how many at most on either side; an item of this very id is one of those behind
   * @param isWanted others are passed over
   */
  around(place: Place, count: number, isWanted: (item: Item) => boolean): Item[] {
    const index = 'id' in place ? this.#indexOf(place.id) : place.end === 'first' ? 0 : this.#order.length;
    const walk = (from: number, step: 1 | -1): Item[] => {
      const found: Item[] = [];
      for (let at = from; found.length < count; at += step) {
        const item = at < 0 ? undefined : this.#order[at];
        if (!item) break;
        if (isWanted(item)) found.push(item);
      }
      return found;
    };
    return [...walk(index - 1, -1).toReversed(), ...walk(index, 1)];
  }

  /** Of the first item whose id is not less. */
  #indexOf(id: ItemId): number {
    const last = this.#order.at(-1);
    // A list's indexes only grow.
    if (!last || last.id < id) return this.#order.length;
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#order[middle] as Item).id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
