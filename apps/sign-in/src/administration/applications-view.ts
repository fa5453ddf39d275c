import { type Application, call } from './management';
import {
  actions,
  button,
  facts,
  type Field,
  form,
  item,
  linesOf,
  linkTo,
  list,
  part,
  removal,
  type Show,
  showSecret,
  timeText,
} from './parts';
import { words } from './texts';

const APPLICATIONS = '/api/applications';

const fieldsOf = (application?: Application): Field[] => [
  { name: 'name', label: words.name, value: application?.name },
  {
    name: 'redirectUris',
    label: words.redirectUris,
    value: application?.redirectUris.join('\n'),
    lines: true,
  },
  {
    name: 'postLogoutRedirectUris',
    label: words.postLogoutRedirectUris,
    value: application?.postLogoutRedirectUris.join('\n'),
    lines: true,
  },
  { name: 'groups', label: words.allowedGroups, value: application?.groups.join('\n'), lines: true },
];

const bodyOf = ({ name = '', redirectUris, postLogoutRedirectUris, groups }: Record<string, string>) => ({
  name,
  redirectUris: linesOf(redirectUris),
  postLogoutRedirectUris: linesOf(postLogoutRedirectUris),
  groups: linesOf(groups),
});

export async function showApplications(show: Show): Promise<void> {
  const applications = await allApplications();
  const items = applications.map((application) =>
    item(linkTo(`#applications/${application.id}`, application.name), [
      words.types[application.type] ?? application.type,
    ]),
  );
  const type = { name: 'type', label: words.type, value: 'web', options: Object.entries(words.types) };
  const add = form([type, ...fieldsOf()], words.add, async (typed) => {
    const made = await call<Application>('POST', APPLICATIONS, { ...bodyOf(typed), type: typed['type'] });
    const { id, secret } = made;
    if (secret !== undefined) await tellSecret(id, secret);
    location.hash = `#applications/${id}`;
  });
  show(words.applications, list(items), part(words.newApplication, add));
}

async function allApplications(): Promise<Application[]> {
  const all: Application[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { applications: Application[]; nextCursor: string | null } = await call(
      'GET',
      `${APPLICATIONS}?limit=200${more}`,
    );
    all.push(...page.applications);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

const tellSecret = (id: string, secret: string): Promise<void> =>
  showSecret(words.secretTitle, words.secretHint(id), secret);

export async function showApplication(show: Show, id: string): Promise<void> {
  const path = `${APPLICATIONS}/${id}`;
  const [application, secrets] = await Promise.all([
    call<Application>('GET', path),
    call<{ id: string; createdAt: string }[]>('GET', `${path}/secrets`),
  ]);
  const again = () => showApplication(show, id);
  const { name, type, configured } = application;
  const known = facts([words.id, id], [words.type, words.types[type] ?? type]);
  if (configured) {
    show(name, linkTo('#applications', words.back), known, words.configured);
    return;
  }
  const secretItems = secrets.map((secret) =>
    item(
      timeText(secret.createdAt),
      [],
      button(words.delete, () => call('DELETE', `${path}/secrets/${secret.id}`).then(again), {
        name: `${words.delete}: ${timeText(secret.createdAt)}`,
        sure: words.sureDelete(words.secretTitle),
        danger: true,
      }),
    ),
  );
  const addSecret = button(
    words.newSecret,
    async () => {
      const { secret } = await call<{ secret: string }>('POST', `${path}/secrets`);
      // First: it is shown this once, whatever becomes of the list.
      void tellSecret(id, secret);
      await again();
    },
    { news: '' },
  );
  const change = form(
    fieldsOf(application),
    words.save,
    async (typed) => {
      await call('PATCH', path, bodyOf(typed));
      await again();
    },
    words.saved,
  );
  show(
    name,
    linkTo('#applications', words.back),
    known,
    change,
    part(words.secrets, list(secretItems), actions(addSecret)),
    actions(removal(path, name, '#applications')),
  );
}
