#!/usr/bin/env node
// Plain JavaScript on purpose: a Node too old to read TypeScript must still be able to say so.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 26 || (major === 26 && minor < 10)) {
  console.error(
    `Marquee needs Node 26.10 or newer and this is ${process.versions.node}; run it with "npm start", which brings its own.`,
  )
  process.exit(1)
}
// Compiled once, read by every process after it: half the CPU of a start. A folder that cannot be written is no harm.
const { enableCompileCache } = await import('node:module')
enableCompileCache(new URL('../../../node_modules/.cache/marquee', import.meta.url).pathname)
const { run } = await import('../src/main.ts')
await run(process.argv.slice(2))
