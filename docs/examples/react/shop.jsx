import { createClient, newId } from '@doorbuster/client';
import { useCall, useCouponRequest, useNotices, useWaitingRoom } from '@doorbuster/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

const session = async () => (await fetch('/session')).json();
const { userId, saleUrl } = await session();
const client = createClient({ url: saleUrl, token: async () => (await session()).token });

// Kept before it is sent: the same order has the same key, also after a reload.
sessionStorage.order ??= JSON.stringify({
  idempotencyKey: newId(),
  lines: [{ productId: 'gala-ticket', quantity: 1 }],
  shipping: { recipient: 'Ana', address: 'Harbour 1' },
});
const { idempotencyKey, ...wanted } = JSON.parse(sessionStorage.order);

const Shop = () => {
  const [isConfirmed, setConfirmed] = useState(false);
  const room = useWaitingRoom(client, { scheduleId: 'gala' });
  const coupon = useCouponRequest(client);
  const order = useCall((_, pass) => client.orders.place(wanted, { pass, idempotencyKey }));
  const payment = useCall((_, { orderId, total }) =>
    client.payments.pay({ orderId, amount: total, gatewayPaymentId: `ok-${orderId}` }, { idempotencyKey: orderId }),
  );
  const connection = useNotices(client, {
    userId,
    onNotice: ({ kind }) => kind === 'order-completed' && setConfirmed(true),
  });

  const refusal = [room, coupon, order, payment].find(({ status }) => status === 'REFUSED')?.problem.detail;
  if (isConfirmed) return <p role="status">The ticket is yours.</p>;
  if (room.status === 'WAITING') return <p role="status">You are number {room.place.position} in line.</p>;
  return (
    <>
      {refusal !== undefined && <p role="alert">{refusal}</p>}
      {order.status === 'DONE' ? (
        <button onClick={() => payment.run(order.value)}>Pay ₩{order.value.total}</button>
      ) : room.status === 'IN' ? (
        <>
          <button onClick={() => coupon.run({ couponId: 'gala-10', pass: room.pass })}>10 % off</button>
          {coupon.status === 'DONE' && <p role="status">{coupon.value.message}</p>}
          <button onClick={() => order.run(room.pass)}>Buy a ticket</button>
        </>
      ) : (
        <button onClick={room.enter}>Enter</button>
      )}
      <footer>{connection}</footer>
    </>
  );
};

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
