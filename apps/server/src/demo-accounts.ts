/** Everybody knows it, which is why production refuses to start with the demo. */
export const demoPassword = 'marquee-demo'

export const demoAccounts = [
  { email: 'admin@marquee.example', name: 'Admin', handle: 'admin', admin: true },
  { email: 'owner@marquee.example', name: 'Owner', handle: 'owner', admin: false },
  { email: 'staff@marquee.example', name: 'Usher', handle: 'usher', admin: false },
  { email: 'alice@marquee.example', name: 'Alice', handle: 'alice', admin: false },
  { email: 'bob@marquee.example', name: 'Bob', handle: 'bob', admin: false },
] as const
