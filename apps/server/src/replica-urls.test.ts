import { expect, it } from 'vitest'
import { readReplicaUrls, readSettings } from './settings.ts'

it('replicas are named one after the other, and a name that is no address stops the start', () => {
  const two = 'postgresql://a:5432/db, postgresql://me:secret@b/db?sslmode=require,'
  expect(readSettings({ DATABASE_REPLICA_URLS: two })).toMatchObject({
    replicaUrls: ['postgresql://a:5432/db', 'postgresql://me:secret@b/db?sslmode=require'],
    replicaLag: 5,
  })
  expect(readSettings({})).toMatchObject({ replicaUrls: [] })
  expect(() =>
    readReplicaUrls('REVIEWS_DATABASE_REPLICA_URLS', { REVIEWS_DATABASE_REPLICA_URLS: 'b:5432' }),
  ).toThrow('REVIEWS_DATABASE_REPLICA_URLS has "b:5432"')
  expect(() => readSettings({ DATABASE_REPLICA_LAG: 'soon' })).toThrow('DATABASE_REPLICA_LAG is "soon"')
})
