/** A small hall that shows what can be written: an aisle, wheelchair places, sofas at the back. */
export const exampleRows = `A: 1-5 _ 6-10
B: 1-6 _ 7-12
C: w1 c2 3-6 _ 7-10 c11 w12
D: 1-6 _ 7-12
E: 1-6 _ 7-12
F: 1-6 _ 7-12

[sofas]
G: s1-4 _ s5-8`
