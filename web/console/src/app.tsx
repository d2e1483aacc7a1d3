import { connection } from './live/state.js';
import { Shell } from './shell/shell.js';
import { SignIn } from './shell/sign-in.js';

export const App = () => {
  switch (connection.value) {
    case 'signed-out':
    case 'refused':
    case 'forbidden':
      return <SignIn why={connection.value} />;
    case 'connecting':
    case 'live':
    case 'away':
      return <Shell />;
  }
};
