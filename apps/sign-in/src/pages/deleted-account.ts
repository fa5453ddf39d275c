import { texts } from '../texts/texts';
import { showNews } from './message';

const DELETED = 'account-is-deleted';

/** For the page that comes after the account's. */
export const rememberDeletion = (): void => {
  sessionStorage.setItem(DELETED, 'true');
};

export function sayThatAccountIsDeleted(): void {
  if (sessionStorage.getItem(DELETED) === null) return;
  sessionStorage.removeItem(DELETED);
  showNews(texts.news.accountDeleted);
}
