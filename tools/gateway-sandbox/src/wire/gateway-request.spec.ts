import { describe, expect, it } from '@jest/globals';

import { bizText, readGatewayRequest } from './gateway-request.js';

describe('readGatewayRequest', () => {
  it('decodes query and body by the charset that stands in the query', () => {
    const body = Buffer.from('biz_content=%7B%22name%22%3A%22%D5%C5%C8%FD%22%7D');
    const request = readGatewayRequest('app_id=1&charset=GBK', body, null);

    expect(request.charset).toEqual({ label: 'GBK', codec: 'gbk' });
    expect([...request.params]).toEqual([
      ['app_id', '1'],
      ['charset', 'GBK'],
      ['biz_content', '{"name":"张三"}'],
    ]);
    expect(bizText(request, 'name')).toBe('张三');
  });

  it('does not look for the charset in the body', () => {
    expect(readGatewayRequest('app_id=1', Buffer.from('charset=utf-8'), null).charset).toBeNull();
  });

  it('names parameters that came twice or are badly encoded', () => {
    const request = readGatewayRequest('a=1&charset=utf-8&c=%', Buffer.from('a=2'), null);
    expect(request.malformed).toEqual(['c', 'a']);
  });

  it.each([
    ['', { state: 'missing' }],
    ['biz_content=', { state: 'missing' }],
    ['biz_content=%7B', { state: 'illegal' }],
    ['biz_content=%5B1%5D', { state: 'not-an-object' }],
    ['biz_content=null', { state: 'not-an-object' }],
    ['biz_content=%7B%22a%22%3A1%7D', { state: 'present', fields: { a: 1 } }],
  ])('reads biz_content of "%s"', (body, bizContent) => {
    expect(readGatewayRequest('charset=utf-8', Buffer.from(body), null).bizContent).toEqual(
      bizContent,
    );
  });

  it('has no text for a field that is a number', () => {
    const body = Buffer.from('biz_content=%7B%22mobile%22%3A1%7D');
    expect(bizText(readGatewayRequest('charset=utf-8', body, null), 'mobile')).toBeNull();
  });
});
