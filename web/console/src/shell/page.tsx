import { place } from '../route.js';
import { Shop } from '../views/shop/shop.js';
import { Tonight } from '../views/tonight/tonight.js';

export const CurrentPage = () => {
  switch (place.value.page) {
    case 'shop':
      return <Shop />;
    default:
      return <Tonight />;
  }
};
