/** Headers of a page that is the same for everybody; a shared cache may keep it that long. */
export const publicPage = (seconds: number) => () => ({
  'cache-control': `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${seconds * 10}`,
})
