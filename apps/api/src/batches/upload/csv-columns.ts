/** The columns that a CSV upload may have. */
export const CSV_COLUMNS = [
  'certType',
  'certNo',
  'name',
  'mobile',
  'linkedMerchantId',
  'reference',
  'consentReference',
  'consentTextVersion',
  'consentGrantedAt',
  'confirmReapplication',
] as const;

export type CsvColumn = (typeof CSV_COLUMNS)[number];
