import type { BatchView } from '../../src/batches/batch-view.js';
import type { BatchItem } from '../../src/batches/results/item-view.js';
import type { Problem } from './applications.js';
import type { Answer, TestApi } from './test-api.js';
import { until } from './until.js';

/** A batch, or what kept it from being one. */
type BatchAnswer = Answer<BatchView & Omit<Problem, 'status'> & { batchId?: string }>;

/** Lines of JSONL, one for each body. */
export function jsonLines(bodies: readonly unknown[]): string {
  return bodies.map((body) => `${JSON.stringify(body)}\n`).join('');
}

/** Uploads lines as a batch. */
export function upload(
  api: TestApi,
  key: string,
  idempotencyKey: string,
  body: string | Uint8Array,
  mediaType = 'application/jsonl',
): Promise<BatchAnswer> {
  return api.request('/v1/batches', {
    method: 'POST',
    key,
    headers: { 'idempotency-key': idempotencyKey, 'content-type': mediaType },
    body,
  });
}

/** All items of a batch, page by page. */
export async function itemsOf(api: TestApi, key: string, batchId: string, query = '') {
  const items: BatchItem[] = [];
  for (let cursor = '0'; ;) {
    const { body } = await api.request<{ items: BatchItem[]; nextCursor: string | null }>(
      `/v1/batches/${batchId}/items?limit=200&cursor=${cursor}${query}`,
      { key },
    );
    items.push(...body.items);
    if (body.nextCursor === null) return items;
    cursor = body.nextCursor;
  }
}

/** The batch as it stands. */
export async function batchOf(api: TestApi, key: string, id: string): Promise<BatchView> {
  return (await api.request<BatchView>(`/v1/batches/${id}`, { key })).body;
}

/** The batch once it has ended. */
export function untilEnded(
  api: TestApi,
  key: string,
  id: string,
  deadlineMs?: number,
): Promise<BatchView> {
  return until(async () => {
    const batch = await batchOf(api, key, id);
    return batch.endedAt === null ? null : batch;
  }, deadlineMs);
}
