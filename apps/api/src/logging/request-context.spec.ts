import { describe, expect, it } from '@jest/globals';
import { requestIds } from './request-context.js';

const REQUEST_ID = '01900000-0000-7000-8000-000000000001';
const OWN_TRACE = '01900000000070008000000000000001';
const GIVEN_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('requestIds', () => {
  it('goes on with the trace of the caller', () => {
    const header = `00-${GIVEN_TRACE}-00f067aa0ba902b7-01`;
    expect(requestIds(REQUEST_ID, header)).toEqual({
      requestId: REQUEST_ID,
      traceId: GIVEN_TRACE,
    });
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${GIVEN_TRACE}-${'0'.repeat(16)}-01`,
    `00-${GIVEN_TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
  ])('begins one of its own for the header %j', (header) => {
    expect(requestIds(REQUEST_ID, header)).toEqual({ requestId: REQUEST_ID, traceId: OWN_TRACE });
  });
});
