export { type DepartingShop, openDepartingShop } from './open-departing-shop.js';
