/** The forms in which lines arrive, by media type. */
export const UPLOAD_FORMATS = {
  'application/jsonl': 'jsonl',
  'application/x-ndjson': 'jsonl',
  'text/csv': 'csv',
} as const;

export type UploadMediaType = keyof typeof UPLOAD_FORMATS;

export type UploadFormat = (typeof UPLOAD_FORMATS)[UploadMediaType];
