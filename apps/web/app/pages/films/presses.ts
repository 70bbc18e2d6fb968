/** What is pressed while a question is on its way is newer than its answer, and is laid over it. */
export function createPresses<Value>() {
  let pressed: ((before: Value) => Value)[] = []
  return {
    add(press: (before: Value) => Value): void {
      pressed.push(press)
    },
    async over(answer: Promise<Value>): Promise<Value> {
      pressed = []
      const read = await answer
      return pressed.reduce<Value>((before, press) => press(before), read)
    },
  }
}
