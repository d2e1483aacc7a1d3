import { place } from '../route.js';
import { Tonight } from '../views/tonight/tonight.js';

export const CurrentPage = () => {
  switch (place.value.page) {
    default:
      return <Tonight />;
  }
};
