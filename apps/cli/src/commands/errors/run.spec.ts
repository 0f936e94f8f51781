import { describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';

describe('zhimaper errors', () => {
  it.each(['NO_USER_ERROR', 'no_user_error', 'isv.NO_USER_ERROR'])('finds %s', async (code) => {
    const run = await capture(['errors', code, '--json']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      code: '40004',
      subCode: 'NO_USER_ERROR',
      class: 'end-user',
      descriptionZh: '身份三要素不存在支付宝认证的个人会员',
      note: expect.any(String),
    });
    expect(run.status).toBe(0);
  });

  it('shows an entry in both languages', async () => {
    const run = await capture(['errors', 'invalid-app-id']);
    expect(run.stdout).toMatch(
      /^code\t40002\nmessage\tInvalid Arguments\nsub-code\tisv\.invalid-app-id\n/,
    );
    expect(run.stdout).toContain('class\tcaller-config\n');
  });

  it('lists the whole catalogue, a line of JSON an entry', async () => {
    const lines = (await capture(['errors', '--json'])).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(122);
    const shapes = new Set(
      lines.map((line) =>
        Object.keys(JSON.parse(line) as object)
          .sort()
          .join(),
      ),
    );
    expect([...shapes]).toEqual([
      'aliases,class,code,confidence,description,descriptionZh,methods,msg,note,solution,solutionZh,subCode',
    ]);
  });

  it('lists it as a table', async () => {
    const { stdout } = await capture(['errors', '--class', 'end-user'], {
      isTTY: true,
      env: { NO_COLOR: '1' },
    });
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^CODE {3}SUB-CODE +CLASS {5}MEANING$/);
    expect(rows).toHaveLength(2);
  });

  it.each([
    ['签名', 'isv.invalid-signature'],
    ['signature', 'isv.invalid-signature'],
  ])('searches for %s', async (text, subCode) => {
    const { stdout } = await capture(['errors', '--search', text, '--json']);
    const found = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { subCode: string }).subCode);
    expect(found).toContain(subCode);
  });

  it('says where nothing matches', async () => {
    const run = await capture(['errors', '--search', 'no such text at all', '--json']);
    expect(run).toEqual({ status: 0, stdout: '', stderr: 'No entry matches.\n' });
  });

  it('suggests what a mistyped code may have meant', async () => {
    const run = await capture(['errors', 'NO_USR_ERROR', '--json']);
    expect(run.stderr).toBe(
      'error: The catalogue does not know this code.\nnext:  Did you mean NO_USER_ERROR?\n',
    );
    expect(JSON.parse(run.stdout)).toMatchObject({ code: null, subCode: null, class: null });
    expect(run.status).toBe(5);
  });

  it.each([
    [['NO_USER_ERROR', '--class', 'token'], 'A code stands alone'],
    [['--class', 'nonsense'], 'Allowed choices are success, not-sent, '],
  ])('calls %j wrong usage', async (args, message) => {
    const run = await capture(['errors', ...args]);
    expect(run.stderr).toContain(message);
    expect(run.status).toBe(2);
  });
});
