import { describe, expect, it } from '@jest/globals';
import { StackError } from '../stack-error.js';
import { findFreePort, startOnFreePort } from './free-port.js';

const taken = () => new StackError('PORT_IN_USE', 'taken', { nextStep: 'another' });

describe('startOnFreePort', () => {
  it('tries another port when somebody was faster', async () => {
    const tried: number[] = [];
    const result = await startOnFreePort(0, '--port', (port) => {
      tried.push(port);
      return tried.length < 3 ? Promise.reject(taken()) : Promise.resolve('started');
    });
    expect(result).toBe('started');
    expect(tried).toHaveLength(3);
  });

  it('gives up after five', async () => {
    let count = 0;
    const start = () => {
      count++;
      return Promise.reject(taken());
    };
    await expect(startOnFreePort(0, '--port', start)).rejects.toThrow('taken');
    expect(count).toBe(5);
  });

  it('tries the wanted port once', async () => {
    const wanted = await findFreePort(0, '--port');
    const tried: number[] = [];
    const start = (port: number) => {
      tried.push(port);
      return Promise.reject(taken());
    };
    await expect(startOnFreePort(wanted, '--port', start)).rejects.toThrow('taken');
    expect(tried).toEqual([wanted]);
  });

  it('does not try again after another fault', async () => {
    let count = 0;
    const start = () => {
      count++;
      return Promise.reject(new Error('broken'));
    };
    await expect(startOnFreePort(0, '--port', start)).rejects.toThrow('broken');
    expect(count).toBe(1);
  });
});
