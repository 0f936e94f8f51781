import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../../errors/problem-error.js';
import { Lifecycle } from '../../health/lifecycle.js';
import type { Page } from '../../http/cursor.js';
import { BatchesRepository } from '../batches.repository.js';
import { pageSizeOf, type ItemListQuery } from './item-schemas.js';
import { ITEM_TEXTS, type ItemTextType } from './item-text.js';
import type { BatchItem } from './item-view.js';
import { ItemsRepository, type ItemSelection } from './items.repository.js';

/** Shows a client what became of the lines of its batches. */
@Injectable()
export class ItemsService {
  constructor(
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
    @Inject(ItemsRepository) private readonly repository: ItemsRepository,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
  ) {}

  async page(clientId: string, batchId: string, query: ItemListQuery): Promise<Page<BatchItem>> {
    const selection = await this.select(clientId, batchId, query);
    const size = pageSizeOf(query);
    const items: BatchItem[] = [];
    for await (const found of this.repository.items(selection)) {
      items.push(...found);
      if (items.length > size) break;
    }
    const shown = items.slice(0, size);
    const last = shown.at(-1);
    return { items: shown, nextCursor: last && items.length > size ? String(last.number) : null };
  }

  /** The text of all items asked for, piece by piece. */
  async stream(
    clientId: string,
    batchId: string,
    query: ItemListQuery,
    mediaType: ItemTextType,
  ): Promise<AsyncGenerator<string>> {
    const selection = await this.select(clientId, batchId, query);
    return this.write(selection, query.limit ?? Infinity, mediaType);
  }

  private async *write(
    selection: ItemSelection,
    limit: number,
    mediaType: ItemTextType,
  ): AsyncGenerator<string> {
    const { head, write } = ITEM_TEXTS[mediaType];
    if (head !== '') yield head;
    let left = limit;
    for await (const items of this.repository.items(selection)) {
      // Whoever reads sees that it is not all: the answer breaks off.
      if (this.lifecycle.abortSignal.aborted) throw new ProblemError('service-stopping');
      yield write(items.slice(0, left));
      left -= items.length;
      if (left <= 0) return;
    }
  }

  private async select(
    clientId: string,
    batchId: string,
    { cursor = 0, status }: ItemListQuery,
  ): Promise<ItemSelection> {
    const batch = await this.batches.find(clientId, batchId);
    if (!batch) throw new ProblemError('not-found');
    return { batchId, lineCount: batch.lineCount, after: cursor, status: status ?? null };
  }
}
