import { plantBug } from '../../plants/plant.ts'

// Who hears nothing takes it that nothing happens.
plantBug({
  file: 'kit/http/web-socket.ts',
  changes: [['socket.terminate()), silentAfter)', 'socket.terminate()), 2 ** 30)']],
})
