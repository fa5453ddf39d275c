import { hasCode } from 'passkey-sign-in-client';
import { textElement } from '../pages/elements';
import { sendsCodes } from '../sends-codes';
import { signUp } from '../sign-up';
import { call, type Group, type Invitation } from './management';
import {
  button,
  type Field,
  form,
  item,
  linesOf,
  list,
  moreOf,
  type Page,
  part,
  type Show,
  showSecret,
  timeText,
} from './parts';
import { words } from './texts';

const INVITATIONS = '/api/invitations';
const DAY = 86_400;

/** Of a server that is an OpenID Provider. */
const allGroups = (): Promise<Group[]> =>
  call<Group[]>('GET', '/api/groups').catch((error: unknown) => {
    if (hasCode(error, 'request.not_found')) return [];
    throw error;
  });

export const signUpText = (mode: string): string => words.signUps[mode] ?? mode;

export async function showInvitations(show: Show): Promise<void> {
  const groups = await allGroups();
  const nameOfGroup = (id: string) => groups.find((group) => group.id === id)?.name ?? id;
  const itemOf = ({ id, email, state, uses, maxUses, expiresAt, ...one }: Invitation): HTMLLIElement => {
    const name = email ?? timeText(one.createdAt);
    return item(
      name,
      [
        [words.invitationStates[state] ?? state, words.uses(uses, maxUses)].join(' · '),
        words.until(timeText(expiresAt)),
        one.groups.map(nameOfGroup).join(', '),
      ].filter(Boolean),
      button(words.revoke, () => call('DELETE', `${INVITATIONS}/${id}`).then(() => showInvitations(show)), {
        name: `${words.revoke}: ${name}`,
        sure: words.sureRevoke(name),
        news: words.revoked(name),
        danger: true,
      }),
    );
  };
  const pageOf = async (cursor: string | null): Promise<Page> => {
    const query = new URLSearchParams({ limit: '25', ...(cursor !== null && { cursor }) });
    const page = await call<{ invitations: Invitation[]; nextCursor: string | null }>(
      'GET',
      `${INVITATIONS}?${query.toString()}`,
    );
    return { items: page.invitations.map(itemOf), nextCursor: page.nextCursor };
  };
  const first = await pageOf(null);
  const shown = list(first.items);
  const fields: Field[] = [
    ...(sendsCodes ? [{ name: 'email', label: words.sendTo }] : []),
    {
      name: 'days',
      label: words.goodFor,
      value: '7',
      options: [1, 7, 30].map((days) => [String(days), words.days(days)]),
    },
    { name: 'maxUses', label: words.maxUses, value: '1' },
    ...(groups.length > 0
      ? [{ name: 'groups', label: words.joins, choices: groups.map(({ id, name }) => [id, name]) } as Field]
      : []),
  ];
  const invite = form(fields, words.invite, async ({ email, days, maxUses, groups }) => {
    const made = await call<Invitation & { url: string }>('POST', INVITATIONS, {
      ...(email && { email }),
      // What is no number is the API's to refuse.
      maxUses: Number(maxUses) || maxUses,
      expiresIn: Number(days) * DAY,
      groups: linesOf(groups),
    });
    const hint = words.invitationHint(email ?? '', timeText(made.expiresAt));
    // First: it is shown this once, whatever becomes of the list.
    void showSecret(words.invitation, hint, made.url);
    await showInvitations(show);
  });
  show(
    words.invitations,
    textElement('p', signUpText(signUp)),
    shown,
    ...moreOf(first.nextCursor, shown, pageOf),
    ...(signUp === 'closed' ? [] : [part(words.invite, invite)]),
  );
}
