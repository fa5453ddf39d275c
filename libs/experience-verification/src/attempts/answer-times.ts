import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';

/** Milliseconds, longer than the work takes on a busy server, and how many are added at random. */
interface AnswerTime {
  least: number;
  jitter: number;
}

const OF_OPTIONS: AnswerTime = { least: 40, jitter: 20 };
const OF_PROOFS: AnswerTime = { least: 150, jitter: 100 };

/**
 * Where accounts are secret, an answer that would tell by its time whether there is one comes when a random time is over
 * that is longer than any takes: whichever account, algorithm or step it was can't be told by it.
 */
@Injectable()
export class AnswerTimes {
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {}

  /** Of options, which everybody gets. */
  ofOptions<T>(work: () => Promise<T>): Promise<T> {
    return this.whicheverWay(OF_OPTIONS, work);
  }

  /** Of a code that is sent to whoever is there. */
  ofSending<T>(work: () => Promise<T>): Promise<T> {
    return this.whicheverWay(OF_PROOFS, work);
  }

  /** Of a proof that is refused: a right one needs no secrecy, and is answered at once. */
  async ofRefusal<T>(work: () => Promise<T>): Promise<T> {
    const isOver = this.begin(OF_PROOFS);
    try {
      return await work();
    } catch (error) {
      await isOver();
      throw error;
    }
  }

  private async whicheverWay<T>(time: AnswerTime, work: () => Promise<T>): Promise<T> {
    const isOver = this.begin(time);
    try {
      return await work();
    } finally {
      await isOver();
    }
  }

  private begin({ least, jitter }: AnswerTime): () => Promise<void> {
    if (this.options.accountEnumeration === 'reveal') return () => Promise.resolve();
    const until = performance.now() + least + (randomInt(1_000_000) / 1_000_000) * jitter;
    return () => setTimeout(Math.max(0, until - performance.now()));
  }
}
