import { parentPort, workerData } from 'node:worker_threads'
import type { Task } from './aside.ts'
import { evaluate } from './evaluate.ts'
import { findNeighbours } from './neighbours.ts'

const task: Task = workerData
parentPort?.postMessage(
  task.kind === 'neighbours' ? findNeighbours(task.histories) : evaluate(task.histories, task.picks),
)
