type Role = 'user' | 'service' | 'viewer' | 'operator';

const PUBLIC =
  /^get (\/|\/demo\/.*|\/docs(\/.*)?|\/openapi\.json|\/asyncapi\.json|\/\.well-known\/.*|\/health\/.*|\/api\/(coupons|products|events|v1\/schedules)\/\{\w+\}|\/console.*)$/;
const OF_SERVICES = /^post \/api\/(users\/\{userId\}\/points\/charge|orders\/\{orderId\}\/(ship|deliver))$/;
/** With one of these anybody can speak as the shop does. */
const SECRETS = /^get \/admin\/webhooks\/\{\w+\}\/secret$/;
const OF_VIEWERS = /^get (\/admin\/.*|\/metrics|\/api\/products\/\{productId\}\/(stock-audit|limits))$/;
const OF_OPERATORS =
  /^(post|put|patch|delete) (\/admin\/.*|\/api\/(coupons|products|events|v1\/schedules)(\/\{\w+\}(\/(?!issue$)\w+)?)?)$/;

/** Who may make a call, as it was agreed, whatever the route table says. */
export const allowedBySpecification = (method: string, path: string): 'public' | ReadonlyArray<Role> => {
  const call = `${method} ${path}`;
  if (PUBLIC.test(call) || call === 'post /api/payments/webhook') return 'public';
  if (OF_SERVICES.test(call)) return ['service', 'operator'];
  if (OF_OPERATORS.test(call) || SECRETS.test(call)) return ['operator'];
  if (OF_VIEWERS.test(call)) return ['viewer', 'operator'];
  return ['user', 'service'];
};
