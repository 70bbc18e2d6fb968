import { plantBug } from '../../plants/plant.ts'

// A call that got no answer is made once more, whatever it does.
plantBug({
  file: 'kit/service/guarded-link.ts',
  changes: [['safe: mayBeRepeated', 'safe: (_call: Call) => true']],
})
