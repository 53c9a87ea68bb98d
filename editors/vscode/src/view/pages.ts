/** A long list that is fetched page by page, as somebody asks for more. */

/** One page's worth. */
export const PAGE = 200;

/** A page, and how many there are in all. */
export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

/** What has been fetched of one list. */
export class Pages<T> {
  private items: T[] = [];
  private total: number | undefined;
  private fetching: Promise<void> | undefined;

  constructor(private readonly fetch: (offset: number, limit: number) => Promise<Page<T>>) {}

  /** What there is so far; the first page is fetched by being looked at. */
  async seen(): Promise<readonly T[]> {
    if (this.total === undefined) await this.more();
    return this.items;
  }

  /** How many have not been fetched. */
  get left(): number {
    return Math.max(0, (this.total ?? 0) - this.items.length);
  }

  /** Fetches the next page; asked again meanwhile, the same one. */
  more(): Promise<void> {
    this.fetching ??= this.next().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async next(): Promise<void> {
    const page = await this.fetch(this.items.length, PAGE);
    this.items.push(...page.items);
    // A list that became shorter meanwhile ends where it ends.
    this.total = page.items.length === 0 ? this.items.length : page.total;
  }
}
