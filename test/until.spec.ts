import { until } from './support/until';

describe('until', () => {
  it('waits for what comes to be so', async () => {
    let looks = 0;
    await until(() => (looks += 1) > 2);
    expect(looks).toBe(3);
  });

  it('says what did not come to be so in time', async () => {
    await expect(until(() => false, 'no mail came', 0.05)).rejects.toThrow('no mail came (0.05 s)');
  });
});
