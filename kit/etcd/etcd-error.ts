/** etcd did not do what it was asked. `gone` is a lease that ended, `unreachable` that no member answers. */
export class EtcdError extends Error {
  readonly code: 'unreachable' | 'refused' | 'gone'
  constructor(code: EtcdError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EtcdError'
    this.code = code
  }
}
