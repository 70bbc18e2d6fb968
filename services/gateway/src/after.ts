/** Goes on with what is known, at once when it is known already: a promise costs every request something. */
export function after<A, B>(known: A | Promise<A>, go: (known: A) => B | Promise<B>): B | Promise<B> {
  return known instanceof Promise ? known.then(go) : go(known)
}
