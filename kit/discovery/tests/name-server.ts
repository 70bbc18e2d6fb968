import { createSocket, type Socket } from 'node:dgram'

type Address = { kind: 'A'; address: string; ttl: number }
type Service = { kind: 'SRV'; target: string; port: number; priority: number; ttl: number }
export type DnsRecord = Address | Service

/** A name server for tests, over UDP on 127.0.0.1: answers A and SRV questions from `records`. */
export type NameServer = {
  /** As `Resolver.setServers` takes it. */
  server: string
  records: Map<string, DnsRecord[]>
  /** `trouble` answers SERVFAIL, `silent` nothing at all. */
  mood: 'well' | 'trouble' | 'silent'
  /** Questions answered so far. */
  asked: number
  close(): Promise<void>
}

const types = { A: 1, SRV: 33 }
const noSuchName = 3
const serverFailure = 2

export async function startNameServer(): Promise<NameServer> {
  const socket: Socket = createSocket('udp4')
  const records = new Map<string, DnsRecord[]>()
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const self: NameServer = {
    server: `127.0.0.1:${socket.address().port}`,
    records,
    mood: 'well',
    asked: 0,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
  socket.on('message', (question, from) => {
    if (self.mood === 'silent') return
    self.asked += 1
    socket.send(answer(question, self), from.port, from.address)
  })
  return self
}

function answer(question: Buffer, { records, mood }: NameServer): Buffer {
  const { name, type, end } = read(question)
  const known = records.get(name)
  const found = (known ?? []).filter((record) => types[record.kind] === type)
  const code = mood === 'trouble' ? serverFailure : known === undefined ? noSuchName : 0
  const header = Buffer.from(question.subarray(0, 12))
  header.writeUInt16BE(0x8580 | code, 2)
  header.writeUInt16BE(code === 0 ? found.length : 0, 6)
  header.writeUInt32BE(0, 8)
  const answers = code === 0 ? found.map((record) => encode(record)) : []
  return Buffer.concat([header, question.subarray(12, end), ...answers])
}

/** The one question of a message, and where it ends. */
function read(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

function encode(record: DnsRecord): Buffer {
  const data = record.kind === 'A' ? Buffer.from(record.address.split('.').map(Number)) : service(record)
  const head = Buffer.alloc(12)
  // The name is the question's, at offset 12.
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(types[record.kind], 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(record.ttl, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function service({ priority, port, target }: Service): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt16BE(priority, 0)
  head.writeUInt16BE(port, 4)
  const labels = target
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([head, ...labels, Buffer.from([0])])
}
