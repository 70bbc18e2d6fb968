/** What the demo calls its houses: these may be let go; one that an owner opened or renamed is theirs. */
export const demoHouses = ['Cinema Miradouro', 'Lichthof', 'The Calumet']
