import { place } from '../route.js';
import { Audit } from '../views/audit/audit.js';
import { People } from '../views/people/people.js';
import { Proof } from '../views/proof/proof.js';
import { Repair } from '../views/repair/repair.js';
import { Shop } from '../views/shop/shop.js';
import { Tonight } from '../views/tonight/tonight.js';

export const CurrentPage = () => {
  switch (place.value.page) {
    case 'tonight':
      return <Tonight />;
    case 'shop':
      return <Shop />;
    case 'people':
      return <People />;
    case 'proof':
      return <Proof />;
    case 'repair':
      return <Repair />;
    case 'audit':
      return <Audit />;
  }
};
