import { describe, expect, it } from '@jest/globals';
import { hexLines } from './hex-view.js';

describe('hexLines', () => {
  it('shows sixteen bytes a line, and what of them is ASCII', () => {
    const bytes = Buffer.concat([Buffer.from('app_id=1&name='), Uint8Array.of(0xd5, 0xc5, 0x7f)]);
    expect(hexLines(bytes)).toEqual([
      '00000000  61 70 70 5f 69 64 3d 31 26 6e 61 6d 65 3d d5 c5  app_id=1&name=..',
      '00000010  7f                                               .',
    ]);
  });
});
