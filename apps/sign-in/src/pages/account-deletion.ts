import { SIGN_IN_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { change } from './change';
import { rememberDeletion } from './deleted-account';
import { confirmed } from './dialog';
import { onClick } from './elements';

export function startAccountDeletion(): void {
  onClick('delete-account', async (button) => {
    if (!(await confirmed('account-deletion'))) return;
    if (!(await change(button, passkeys.deleteAccount))) return;
    rememberDeletion();
    location.replace(SIGN_IN_PAGE);
  });
}
