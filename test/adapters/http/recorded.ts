/** A function that remembers what it was asked. */
export const recorded = <Request, Answer>(
  answer: (request: Request) => Answer,
): { readonly call: (request: Request) => Answer; readonly requests: Request[] } => {
  const requests: Request[] = [];
  return {
    requests,
    call: (request) => {
      requests.push(request);
      return answer(request);
    },
  };
};
