import { board } from '../../live/state.js';
import { View } from './view.js';

/** The views, how far each is behind, and what can be done about it. */
export const Views = () => (
  <div class="card">
    <ul class="lines">
      {Object.entries(board.value?.views ?? {}).map(([name, view]) => (
        <View key={name} name={name} view={view} />
      ))}
    </ul>
  </div>
);
