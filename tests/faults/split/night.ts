import { until } from '../../harness/house.ts'
import { settled } from '../../harness/settled.ts'
import { attend, type Character } from '../buyer.ts'
import { judge } from '../checkers.ts'
import { letTimePass } from '../evening.ts'
import { gather } from '../evidence.ts'
import { type Notes, openNotes } from '../notes.ts'
import type { Random } from '../random.ts'
import { createCommenter } from './commenter.ts'
import { doorsAmiss } from './doors.ts'
import { createEditor } from './editor.ts'
import { createHardness, type Kind } from './kinds.ts'
import { backlog, giveAgain } from './kinds-messages.ts'
import { behave } from './kinds-provider.ts'
import { pause } from './pause.ts'
import { createRaters } from './raters.ts'
import { patience, type Stage } from './stage.ts'
import { copiesAmiss, eventsAmiss } from './tap.ts'
import { watchSeats } from './watchers.ts'

/** One thing that was done, to whom, how long it took, and how long until all went on. */
export type Fault = {
  kind: string
  what: string
  /** False where something else stood in its way, as when there is no PostgreSQL to disorder messages in. */
  done: boolean
  seconds: number
  backAfter: number
}
export type Findings = Record<string, readonly string[]>
export type Round = { faults: Fault[]; notes: Notes[]; findings: Findings }

export type Night = {
  /** A rush goes on while these befall it, so many at a time; then all is judged. */
  round: (kinds: readonly Kind[]) => Promise<Round>
  ratings: () => { acknowledged: number; unanswered: number }
  edits: () => number
}

const buyersAtOnce = 6
/** After what was done is over, people buy and rate again within so many seconds. */
const backWithin = 60

export function createNight(
  stage: Stage,
  { luck, longestSleep, lanes = 1 }: { luck: Random; longestSleep: number; lanes?: number },
): Night {
  const { random } = stage
  // What befalls is drawn apart from what people do, so that a seed repeats it.
  const hardness = createHardness(luck, longestSleep)
  const raters = createRaters(stage)
  const editor = createEditor(stage)
  const commenter = createCommenter(stage)
  let buyers = 0

  return {
    ratings: () => ({ acknowledged: raters.acknowledged(), unanswered: raters.unanswered() }),
    edits: editor.edits,
    async round(kinds) {
      await stage.signIn()
      const showId = await stage.newShow()
      const watchers = watchSeats(stage, showId)
      const notes: Notes[] = []
      let isEnough = false
      const enough = () => isEnough
      const rush = Promise.all([
        ...Array.from({ length: buyersAtOnce }, () => keepBuying(showId, notes, enough)),
      ])
      const others = Promise.all([raters.rate(enough), editor.edit(enough), commenter.comment(enough)])
      const faults: Fault[] = []
      const stuck: string[] = []
      const oneMore = async (kind: Kind) => {
        const fault = await befall(kind, notes)
        faults.push(fault)
        if (fault.backAfter >= backWithin) stuck.push(`after ${fault.kind} (${fault.what})`)
      }
      try {
        await until(async () => notes.some(({ tickets }) => tickets.length > 0), 20)
        const waiting = kinds.filter(({ lasts }) => !lasts)
        await Promise.all(
          Array.from({ length: lanes }, async () => {
            for (let kind = waiting.shift(); kind; kind = waiting.shift()) await oneMore(kind)
          }),
        )
        for (const kind of kinds.filter(({ lasts }) => lasts)) await oneMore(kind)
        await Promise.all(stage.split.parts.map((part) => part.alone(part.revive)))
      } finally {
        isEnough = true
      }
      const judged = judgeRound({ notes, rush: rush.then(() => {}), showId })
      const findings: Findings = {
        'the house goes on': stuck,
        ...(await Promise.all([judged, others]).then(([found]) => found)),
        'whoever watches sees': await watchers.check(),
      }
      watchers.leave()
      return { faults, notes, findings: onlyFound(findings) }
    },
  }

  /** Whoever waits for a payment keeps nobody else from coming; resolves when the last has gone home. */
  async function keepBuying(showId: string, notes: Notes[], enough: () => boolean): Promise<void> {
    const evenings: Promise<void>[] = []
    while (!enough()) {
      const mine = openNotes(`buyer-${process.pid}-${buyers++}`, showId)
      notes.push(mine)
      const evening = attend(stage.crowd, mine, characterOf(buyers))
      evenings.push(evening)
      await Promise.race([evening, untilWaiting(mine, enough)])
      await pause(mine.order ? 100 : 500)
    }
    await Promise.all(evenings)
  }

  async function untilWaiting(mine: Notes, enough: () => boolean): Promise<void> {
    for (let since = 0; since < patience && mine.state !== 'done' && !enough(); since += 100) {
      await pause(100)
      if (mine.state !== 'waiting for the payment') since = 0
    }
  }

  function characterOf(at: number): Character {
    return {
      seats: 1 + Math.floor(random() * 3),
      paying: at % 6 === 5 ? 'leaves' : at % 6 === 4 ? 'declined' : 'pays',
      afterwards: at % 3 === 0 ? 'refund' : at % 3 === 1 ? 'door' : 'home',
    }
  }

  async function befall(kind: Kind, notes: readonly Notes[]): Promise<Fault> {
    const sold = () => notes.filter(({ order }) => order).length
    await pause(hardness.between(0, 300))
    const began = performance.now()
    let done = true
    const what = await kind.strike(stage, hardness).catch((error: unknown) => {
      done = false
      return String(error)
    })
    const over = performance.now()
    const [orders, ratings] = [sold(), raters.acknowledged()]
    const isBack = async () => sold() > orders && raters.acknowledged() > ratings
    // A house that is sold out sells no more.
    const soldOut = () => {
      const gone = notes.filter(({ state }) => state === 'done').slice(-buyersAtOnce)
      return gone.length === buyersAtOnce && gone.every(({ order }) => !order)
    }
    await until(async () => (await isBack()) || soldOut(), backWithin).catch(() => {})
    return {
      kind: kind.name,
      what,
      done,
      seconds: secondsBetween(began, over),
      backAfter: secondsBetween(over, performance.now()),
    }
  }

  async function judgeRound(round: {
    notes: Notes[]
    rush: Promise<void>
    showId: string
  }): Promise<Findings> {
    const { notes, rush } = round
    let isOver = false
    rush.then(() => {
      isOver = true
    })
    const quiet = async () => isOver || notes.every(({ state }) => state !== 'wanting')
    const findings: Record<string, string[]> = {}
    try {
      await until(quiet, 60)
      await letTimePass(stage, 2)
      await until(async () => isOver, 60)
    } catch {
      findings['everybody goes home'] = notes.flatMap(({ name, state }) =>
        state === 'done' ? [] : [`${name} is ${state}`],
      )
    }
    await letTimePass(stage, 9)
    await pause(500)
    if (!stage.engines.rabbit && random() < 0.8) await giveAgain(stage.books)
    await settled(stage.marquee(), 90).catch((error: unknown) => {
      findings['all comes to rest'] = [error instanceof Error ? error.message : String(error)]
    })
    const evidence = await gather(stage.marquee(), stage.crowd, notes)
    Object.assign(findings, judge(evidence))
    findings['ratings stand as acknowledged'] = await raters.check()
    findings['what is sent once stands once'] = await commenter.check()
    findings['doors between services are for services'] = await doorsAmiss(stage, round.showId)
    findings['events are applied once by everybody'] = await lasting(() => eventsAmiss(stage.books))
    findings['copies are as new as what they copy'] = await lasting(() => copiesAmiss(stage.books))
    findings['no page is older than promised'] = editor.stale()
    const left = await atLast(() => backlog(stage))
    findings['queues are drained'] = left instanceof Error ? [`nobody could say: ${left}`] : left.waiting
    findings['no dead letters'] = left instanceof Error ? [] : left.dead
    await behave(stage, {})
    return findings
  }
}

/** What is asked over a connection of its own, once that is there; or why nobody could say for half a minute. */
async function atLast<T>(ask: () => Promise<T>): Promise<T | Error> {
  let said: T | Error = new Error('not asked yet')
  const isSaid = async () => {
    said = await ask().catch((error: unknown) => new Error(String(error), { cause: error }))
    return !(said instanceof Error)
  }
  await until(isSaid, 30).catch(() => {})
  return said
}

/** What is still wrong after all time that jobs take. */
async function lasting(check: () => Promise<string[]>): Promise<string[]> {
  await until(async () => (await check()).length === 0, 10).catch(() => {})
  return check()
}

const secondsBetween = (from: number, to: number) => Math.round((to - from) / 10) / 100

const onlyFound = (findings: Findings): Findings =>
  Object.fromEntries(Object.entries(findings).filter(([, problems]) => problems.length > 0))
