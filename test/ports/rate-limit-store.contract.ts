import { randomBytes } from 'node:crypto';
import type { RateLimitStore } from 'nestjs-passkey-sign-in';

const LONG = 60_000;
const POLICY = { threshold: 3, longest: 900, memory: 3600 };

const freshKey = () => randomBytes(32).toString('base64url');
const range = (length: number) => Array.from({ length }, (_, index) => index + 1);

/** What every store of shared limits is to servers, of which it has two. */
export function describeRateLimitStoreContract(underTest: () => [RateLimitStore, RateLimitStore]): void {
  const hit = async (key: string, window = LONG) => {
    const [answer] = await underTest()[0].add([{ key, count: 1, window }]);
    return answer!;
  };
  const lockOf = async (key: string) => (await underTest()[1].locks()).find((lock) => lock.key === key);

  describe('hits', () => {
    it('are added to what all servers have counted, and answered in their order', async () => {
      const [one, other] = underTest();
      const keys = range(8).map(freshKey);
      const hitsOf = (order: string[]) =>
        order.map((key) => ({ key, count: 1 + keys.indexOf(key), window: LONG }));
      const counts = async (store: RateLimitStore, order: string[]) =>
        (await store.add(hitsOf(order))).map(({ count }) => count);
      expect(await counts(one, keys)).toEqual(range(8));
      expect(await counts(other, keys.toReversed())).toEqual(range(8).map((count) => 2 * (9 - count)));
    });

    it('are lost by no server when all come at once, in whatever order', async () => {
      const keys = range(6).map(freshKey);
      const answers = await Promise.all(
        range(20).map((turn) => {
          const order = turn % 2 ? keys : keys.toReversed();
          return underTest()[turn % 2]!.add(order.map((key) => ({ key, count: 1, window: LONG })));
        }),
      );
      const counted = answers.map(([first]) => first!.count);
      expect([...counted, ...answers.map((answer) => answer.at(-1)!.count)].sort((a, b) => a - b)).toEqual(
        range(20).flatMap((count) => [count, count]),
      );
    });

    it('do not put off the end of their window', async () => {
      const key = freshKey();
      const { msLeft } = await hit(key);
      expect(msLeft).toBeGreaterThan(LONG - 5_000);
      expect(msLeft).toBeLessThanOrEqual(LONG);
      expect((await hit(key, 100 * LONG)).msLeft).toBeLessThanOrEqual(msLeft);
    });

    it('are counted afresh once their window has ended', async () => {
      const key = freshKey();
      expect((await hit(key, 200)).count).toBe(1);
      let counts = 1;
      let answer = await hit(key, LONG);
      for (; answer.count !== 1; answer = await hit(key, LONG)) expect(answer.count).toBe(++counts);
      expect(answer.msLeft).toBeGreaterThan(LONG - 5_000);
    });
  });

  describe('failures', () => {
    it('in a row lock their key for 1, 2, 4 … seconds from the threshold on', async () => {
      const key = freshKey();
      const answers: unknown[] = [];
      for (const turn of range(8)) {
        const { failures, msLocked } = await underTest()[turn % 2]!.fail(key, { ...POLICY, longest: 20 });
        answers.push([failures, msLocked / 1000]);
        if (turn < POLICY.threshold) expect(await lockOf(key)).toBeUndefined();
      }
      expect(answers).toEqual([
        [1, 0],
        [2, 0],
        [3, 1],
        [4, 2],
        [5, 4],
        [6, 8],
        [7, 16],
        [8, 20],
      ]);
      const lock = await lockOf(key);
      expect(lock!.msLeft).toBeGreaterThan(10_000);
      expect(lock!.msLeft).toBeLessThanOrEqual(20_000);
    });

    it('lock for the longest time however many they are', async () => {
      const key = freshKey();
      for (let turn = 0; turn < 40; turn += 1) await underTest()[0].fail(key, { ...POLICY, threshold: 1 });
      expect(await underTest()[0].fail(key, { ...POLICY, threshold: 1 })).toEqual({
        failures: 41,
        msLocked: 900_000,
      });
    });

    it('are all counted when they come at once', async () => {
      const key = freshKey();
      const answers = await Promise.all(range(20).map((turn) => underTest()[turn % 2]!.fail(key, POLICY)));
      expect(answers.map(({ failures }) => failures).sort((a, b) => a - b)).toEqual(range(20));
    });

    it('are forgotten when the last of them is long ago', async () => {
      const [store] = underTest();
      const key = freshKey();
      expect(await store.fail(key, POLICY)).toMatchObject({ failures: 1 });
      expect(await store.fail(key, { ...POLICY, memory: 0 })).toMatchObject({ failures: 2 });
      expect(await store.fail(key, POLICY)).toMatchObject({ failures: 1 });
    });

    it('are nothing to other keys, nor to hits of the same key', async () => {
      const [store] = underTest();
      const [key, another] = [freshKey(), freshKey()];
      await store.fail(key, { ...POLICY, threshold: 1 });
      expect(await store.fail(another, POLICY)).toEqual({ failures: 1, msLocked: 0 });
      expect(await lockOf(another)).toBeUndefined();
      expect((await hit(key)).count).toBe(1);
      expect(await store.fail(key, POLICY)).toMatchObject({ failures: 2 });
    });
  });

  describe('locks', () => {
    const lock = async (key: string, times = 6) => {
      for (let turn = 0; turn < times; turn += 1) {
        await underTest()[0].fail(key, { ...POLICY, threshold: 1 });
      }
    };

    it('end by themselves', async () => {
      const [store, other] = underTest();
      const key = freshKey();
      const short = { ...POLICY, threshold: 1, longest: 0.3 };
      expect(await store.fail(key, short)).toEqual({ failures: 1, msLocked: 300 });
      while (await lockOf(key));
      expect(await other.fail(key, POLICY)).toEqual({ failures: 2, msLocked: 0 });
    });

    it('are told, the longest first', async () => {
      const keys = range(3).map(freshKey);
      await lock(keys[0]!, 6);
      await lock(keys[1]!, 8);
      await lock(keys[2]!, 7);
      const told = (await underTest()[1].locks()).map(({ key }) => key).filter((key) => keys.includes(key));
      expect(told).toEqual([keys[1], keys[2], keys[0]]);
    });

    it('are taken away with the failures of the keys that are cleared, and of no others', async () => {
      const [store, other] = underTest();
      const [kept, ...cleared] = range(3).map(freshKey) as [string, ...string[]];
      for (const key of [kept, ...cleared]) await lock(key);
      await other.clear([...cleared, freshKey()]);
      expect(await Promise.all(cleared.map(lockOf))).toEqual([undefined, undefined]);
      expect(await lockOf(kept)).toBeDefined();
      expect(await store.fail(cleared[0]!, POLICY)).toEqual({ failures: 1, msLocked: 0 });
      expect(await store.fail(kept, POLICY)).toMatchObject({ failures: 7 });
    });
  });
}
