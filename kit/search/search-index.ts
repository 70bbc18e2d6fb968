/** `keyword[]` is a list of words of which any may be asked for. */
export type ValueType = 'keyword' | 'keyword[]' | 'number' | 'flag'
/** `A` is what a thing is called; `B` and `C` are found after it, in this order. */
export type Weight = 'A' | 'B' | 'C'

export type SearchIndex<
  Field extends string = string,
  Values extends Record<string, ValueType> = Record<string, ValueType>,
  Sort extends string = string,
> = {
  kind: 'search-index'
  name: string
  /** Text in which words are found. */
  fields: Readonly<Record<Field, Weight>>
  /** The fields of weight A that are titles: exact and beginning titles come first, and they are suggested. */
  titles: readonly NoInfer<Field>[]
  /** Words that a title may begin with and nobody types: `the`. */
  articles?: readonly string[]
  /** What is filtered and sorted by. */
  values: Readonly<Values>
  /** The number that breaks ties: the greater comes first. */
  boost?: NoInfer<keyof Values & string>
  /** Orders that may be asked for by name: `{ newest: ['-released'] }`; what has no value counts as lowest. */
  sorts: Readonly<
    Record<Sort, readonly (NoInfer<keyof Values & string> | `-${NoInfer<keyof Values & string>}`)[]>
  >
  /** Whether documents lie somewhere. */
  located?: boolean
}

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const fieldPattern = /^[a-z][a-zA-Z0-9]{0,30}$/

/** Declares an index. Throws when it is declared wrongly. */
export function searchIndex<
  const Field extends string,
  const Values extends Record<string, ValueType>,
  const Sort extends string = never,
>(
  declaration: Omit<SearchIndex<Field, Values, Sort>, 'kind' | 'sorts'> &
    Partial<Pick<SearchIndex<Field, Values, Sort>, 'sorts'>>,
): SearchIndex<Field, Values, Sort> {
  const { name, fields, titles, values, boost } = declaration
  const sorts = declaration.sorts ?? ({} as SearchIndex<Field, Values, Sort>['sorts'])
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`The search index ${name} ${what}`)
  }
  must(namePattern.test(name) && name.length <= 24, 'needs a name like current-films')
  for (const field of [...Object.keys(fields), ...Object.keys(values)])
    must(fieldPattern.test(field) && !reserved.has(field), `cannot have a field named ${field}`)
  for (const field of Object.keys(fields)) must(!(field in values), `has ${field} twice`)
  for (const title of titles) must(fields[title] === 'A', `has a title that is not of weight A: ${title}`)
  must(boost === undefined || values[boost] === 'number', 'needs a number as its boost')
  for (const [sort, keys] of Object.entries<readonly string[]>(sorts)) {
    must(sort !== 'relevance' && fieldPattern.test(sort), `cannot have an order named ${sort}`)
    for (const key of keys) {
      const type = values[key.replace(/^-/, '')]
      must(type === 'number' || type === 'keyword', `cannot sort by ${key}`)
    }
  }
  return { kind: 'search-index', ...declaration, sorts }
}

const reserved = new Set(['id', 'version', 'location'])
