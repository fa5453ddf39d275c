/**
 * Aborts `work` after some milliseconds, or with `stop`. The timer holds the signal: one of `AbortSignal.any` may be forgotten on
 * Node.js 20 before it is aborted (nodejs/node#57736).
 */
export async function inTime<T>(
  milliseconds: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = () => {
    controller.abort(stop.reason);
  };
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`not done within ${milliseconds} ms`, 'TimeoutError'));
  }, milliseconds).unref();
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
}
