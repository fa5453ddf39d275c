/** The application that asks for users: a web application of the operator's own. */
export const APPLICATION = {
  id: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182',
  secret: 'a-secret-of-the-application-0123456789',
};

export const CALLBACK = 'https://application.example/callback';
