import { plantBug } from '../../plants/plant.ts'

// Who comes to the door between services is taken for one.
plantBug({
  file: 'apps/server/src/open-service-door.ts',
  changes: [
    [
      'if (!caller) {',
      "if (!caller) { request.caller = { kind: 'service', service: 'gateway' } as never; return } if (!caller) {",
    ],
  ],
})
