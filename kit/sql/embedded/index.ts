export { type Backup, backupEmbedded } from './backup.ts'
export { promoteReplica, type ReplicaOptions, startReplica } from './replica.ts'
export { restoreEmbedded } from './restore.ts'
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './start-embedded.ts'
