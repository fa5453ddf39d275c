interface Named {
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
}

/** What an account is called; null where it has no identifier. */
export const nameOf = ({ username, primaryEmail, primaryPhone }: Named): string | null =>
  username ?? primaryEmail ?? primaryPhone;
