import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * What becomes of bytes and connections: `pass` lets them through; `refuse` turns new connections away and cuts
 * those there are; `freeze` takes connections and bytes and answers nothing, and what it swallowed is never
 * delivered, as behind a firewall that forgot its state.
 */
type ProxyMode = 'pass' | 'refuse' | 'freeze';

/** A rule for the first bytes from a client that hold a text. */
interface Trap {
  pattern: RegExp;
  /** `lost`: they never arrive. `delivered`: the server acts on them, and its answer never arrives. */
  request: 'lost' | 'delivered';
  mode: 'cut' | 'freeze';
}

/** A TCP proxy before a server, which misbehaves as it is told. */
export interface HalfOpenProxy {
  /** The same URL, by way of the proxy. */
  reach: (url: string) => string;
  /** Connections that froze stay dead, whatever the mode is afterwards. */
  mode(mode: ProxyMode): void;
  /** Cuts every connection; new ones pass. */
  cut(): void;
  /** Lets each chunk wait, in both directions. */
  delay(milliseconds: number): void;
  /** Sets a trap, which springs once: `cut` goes over to `refuse`. Resolves when it sprang. */
  trap(trap: Trap): Promise<void>;
  close(): void;
}

interface Pair {
  client: Socket;
  server: Socket;
  frozen: boolean;
  /** Called at the server's next bytes, which go no further. */
  onAnswer?: () => void;
}

export async function startHalfOpenProxy(serverUrl: string): Promise<HalfOpenProxy> {
  const target = new URL(serverUrl);
  const pairs = new Set<Pair>();
  let mode: ProxyMode = 'pass';
  let delayMs = 0;
  let trap: (Trap & { spring: () => void }) | undefined;

  const cut = () => {
    for (const { client, server } of pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
  };
  const change = (next: ProxyMode) => {
    mode = next;
    if (next === 'refuse') cut();
    if (next === 'freeze') for (const pair of pairs) pair.frozen = true;
  };

  const forward = (pair: Pair, to: Socket, chunk: Buffer) => {
    if (pair.frozen) return;
    if (delayMs === 0) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), delayMs);
  };
  const fromClient = (pair: Pair, chunk: Buffer) => {
    const sprung = !pair.frozen && trap?.pattern.test(chunk.toString('latin1')) ? trap : undefined;
    if (!sprung) {
      forward(pair, pair.server, chunk);
      return;
    }
    trap = undefined;
    const spring = () => {
      change(sprung.mode === 'cut' ? 'refuse' : 'freeze');
      sprung.spring();
    };
    if (sprung.request === 'lost') {
      spring();
      return;
    }
    pair.server.write(chunk);
    pair.onAnswer = spring;
  };
  const fromServer = (pair: Pair, chunk: Buffer) => {
    if (pair.onAnswer) pair.onAnswer();
    else forward(pair, pair.client, chunk);
  };

  const listener = createServer((client) => {
    if (mode === 'refuse') {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const server = connect(Number(target.port), target.hostname);
    const pair: Pair = { client, server, frozen: mode === 'freeze' };
    pairs.add(pair);
    client.on('data', (chunk: Buffer) => {
      fromClient(pair, chunk);
    });
    server.on('data', (chunk: Buffer) => {
      fromServer(pair, chunk);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        // The other side of a frozen connection does not hear of it.
        if (!pair.frozen) other.destroy();
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  return {
    reach: (url) => {
      const reached = new URL(url);
      reached.host = `127.0.0.1:${port}`;
      return reached.href;
    },
    mode: change,
    cut,
    delay: (milliseconds) => {
      delayMs = milliseconds;
    },
    trap: (rule) =>
      new Promise((spring) => {
        trap = { ...rule, spring };
      }),
    close: () => {
      listener.close();
      cut();
    },
  };
}
