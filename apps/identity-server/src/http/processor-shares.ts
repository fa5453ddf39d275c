import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  callerOf,
  type LimitEvents,
  networkOf,
  ProcessorShares,
  type RelyingParties,
} from 'nestjs-passkey-sign-in';
import type { TrustedProxies } from '../configuration/trusted-proxies';

/** How long a refusal is kept back: who asks again at once would spend the share on being refused. Milliseconds. */
const DELAY = 2_000;
/** Refusals of one address that are kept back at the same moment; more are not answered. */
const MOST_KEPT_BACK = 256;

/** Asked by who watches the server, at all times: that they come protects nobody. */
const WATCHING = /^\/(health\/(live|ready)|metrics)(\?|$)/;
/** How often an address may watch in a second whatever else it does: a server is restarted, or passed over, where its probes are refused. */
const MOST_WATCHES = 20;

const isWatching = ({ method, url }: FastifyRequest): boolean => method === 'GET' && WATCHING.test(url);

/** Keeps an address that wants more of the processor than its share from the others. */
export class ProcessorSharesOfAddresses {
  private readonly shares: ProcessorShares;
  private readonly keptBack = new Map<string, number>();
  private readonly watches = new Map<string, number>();
  private watchesSince = 0;
  private events: LimitEvents | undefined;

  /** @param percent of one core that an address may use while others are there */
  constructor(
    percent: number,
    private readonly relyingParties: RelyingParties,
    private readonly trustedProxies: TrustedProxies | null,
  ) {
    this.shares = new ProcessorShares(percent / 100);
  }

  /** To be called once the callers' addresses are known, and before all that costs anything. */
  addTo(server: FastifyInstance): void {
    server.server.prependListener('connection', (socket: Socket) => {
      const { remoteAddress = '' } = socket;
      if (!this.trustedProxies?.(remoteAddress) && this.isFull(networkOf(remoteAddress))) socket.destroy();
    });
    server.addHook('onRequest', (request, reply, done) => {
      const { ip, raw } = request;
      const network = networkOf(ip);
      const end = this.shares.begin(network);
      const watches = isWatching(request);
      if (!this.shares.isSpent(network) || (watches && this.mayWatch(network))) {
        if (!watches) this.shares.isHere(network);
        reply.raw.once('close', end);
        done();
        return;
      }
      const refusal = this.shares.refusal(network);
      const refuse = () => {
        // Who has gone meanwhile is answered into nothing.
        if (!reply.raw.destroyed) reply.raw.once('close', this.shares.begin(network));
        done(refusal);
      };
      if (!this.isFull(network)) this.keepBack(network, this.record(refusal, request), refuse);
      // A proxy's connection is not closed for one of its callers.
      else if (raw.socket.remoteAddress !== ip) refuse();
      else {
        reply.hijack();
        raw.socket.destroy();
      }
      end();
    });
  }

  recordWith(events: LimitEvents): void {
    this.events = events;
  }

  private mayWatch(network: string): boolean {
    const now = performance.now();
    if (now - this.watchesSince >= 1_000) {
      this.watches.clear();
      this.watchesSince = now;
    }
    const watches = (this.watches.get(network) ?? 0) + 1;
    this.watches.set(network, watches);
    return watches <= MOST_WATCHES;
  }

  private isFull(network: string): boolean {
    return (this.keptBack.get(network) ?? 0) >= MOST_KEPT_BACK;
  }

  private async record(refusal: Error, request: FastifyRequest): Promise<void> {
    const { id } = this.relyingParties.forHost(request.headers.host);
    await this.events?.record(refusal, id, callerOf(request));
  }

  private keepBack(network: string, recorded: Promise<void>, refuse: () => void): void {
    this.keptBack.set(network, (this.keptBack.get(network) ?? 0) + 1);
    setTimeout(() => {
      const left = (this.keptBack.get(network) ?? 1) - 1;
      if (left > 0) this.keptBack.set(network, left);
      else this.keptBack.delete(network);
      void recorded.then(refuse);
    }, DELAY);
  }
}
