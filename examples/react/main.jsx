import React, { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createPasskeyClient, hasCode, toIdentifier } from 'passkey-sign-in-client';

const passkeys = createPasskeyClient();

function App() {
  const [account, setAccount] = useState(undefined);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');

  const load = () =>
    passkeys.api.getAccount().then(setAccount, (error) => {
      if (hasCode(error, 'auth.unauthorized')) setAccount(null);
      else setProblem(error.message);
    });
  const trying = (action) => () => {
    setProblem('');
    action().then(load, (error) => setProblem(error.message));
  };
  useEffect(() => void load(), []);

  const identifier = name ? toIdentifier(name) : undefined;
  return (
    <>
      {account && (
        <p>
          Signed in as {account.username} <button onClick={trying(passkeys.api.signOut)}>Sign out</button>
        </p>
      )}
      {account === null && (
        <>
          <label>
            Username
            <input
              autoComplete="username webauthn"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </label>
          <button onClick={trying(() => passkeys.signIn({ identifier }))}>Sign in with a passkey</button>
          <button disabled={!identifier} onClick={trying(() => passkeys.createAccount(identifier))}>
            Create an account
          </button>
        </>
      )}
      <p role="alert">{problem}</p>
    </>
  );
}

createRoot(document.querySelector('#root')).render(<App />);
