import { PRICE } from './order-requests.js';

/** So many products with so much of each; answers their ids. */
export const createProducts = async (
  url: string,
  salt: string,
  products: number,
  stock: number,
): Promise<ReadonlyArray<string>> => {
  const ids = Array.from({ length: products }, (_, n) => `${salt}-product-${n}`);
  const create = async (productId: string): Promise<void> => {
    const answer = await fetch(`${url}/api/products`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ productId, name: 'Bench', price: PRICE, stock }),
    });
    if (answer.status !== 201) throw new Error(`Creating a product: HTTP ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  await Promise.all(ids.map(create));
  return ids;
};
