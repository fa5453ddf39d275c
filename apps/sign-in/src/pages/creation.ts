import { texts } from '../texts/texts';
import { waitForPerson } from './waiting';

/** Of whoever cancels the creation of a passkey, who is not told that one is missing. */
export class NotMadeError extends Error {}

export async function creating<T>(create: () => Promise<T>): Promise<T> {
  waitForPerson(texts.news.confirmCreation);
  try {
    return await create();
  } catch (error) {
    if (error instanceof Error && error.name === 'NotAllowedError') {
      throw new NotMadeError('no passkey was made', { cause: error });
    }
    throw error;
  }
}
