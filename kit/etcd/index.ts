export { createEtcd, type Entry, type Etcd, type EtcdAddress, readEtcdUrl } from './etcd.ts'
export { EtcdError } from './etcd-error.ts'
export { type Mirror, mirrorPrefix } from './mirror.ts'
