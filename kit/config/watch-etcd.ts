import { parse } from 'yaml'
import { type Entry, type Etcd, mirrorPrefix } from '../etcd/index.ts'
import { type ConfigFile, configFileOf, mergeLayers } from './file.ts'
import { BadSettingError } from './problems.ts'
import { said, type WatchedSource } from './watch.ts'

type Options = {
  etcd: Etcd
  /** Under which settings are: with `marquee/config/`, the key `marquee/config/booking/holdMinutes` holds `10`. */
  prefix: string
  log: { warn(about: object, message: string): void; info(about: object, message: string): void }
}

const name = 'etcd'

/**
 * Settings from etcd: a key is a path and its value YAML, as small as one number or as large as a whole section. Keys
 * that are written in one transaction are taken together. While etcd is away the settings stay as they are.
 */
export function watchEtcd({ etcd, prefix, log }: Options): WatchedSource {
  let known: string | undefined
  const read = (entries: readonly Entry[]) => said(() => settingsOf(entries, prefix))
  return {
    name,
    async first() {
      const entries = await etcd.list(prefix)
      known = JSON.stringify(entries)
      return read(entries)
    },
    follow(onChange) {
      let had = known !== '[]'
      const mirror = mirrorPrefix({
        etcd,
        prefix,
        onChange(entries, afterGap) {
          const text = JSON.stringify(entries)
          if (text === known) return
          // An etcd that lost everything has no opinion on how the cinema should run.
          if (afterGap && entries.length === 0 && had)
            return log.warn({}, 'etcd came back without any settings; those known stay')
          known = text
          had = entries.length > 0
          onChange(read(entries))
        },
        onLost: (error) => log.warn({ err: error }, 'etcd is lost; settings stay as they are'),
        onBack: () => log.info({}, 'etcd is back'),
        lookEveryMilliseconds: 1000,
      })
      return () => mirror.stop()
    },
  }
}

function settingsOf(entries: readonly Entry[], prefix: string): ConfigFile {
  const layers = entries.map(({ key, value }) => {
    const path = key.slice(prefix.length)
    return path.split('/').reduceRight<unknown>((inner, part) => ({ [part]: inner }), yamlOf(path, value))
  })
  return configFileOf(mergeLayers(layers), name)
}

function yamlOf(path: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new BadSettingError([`${path} in ${name} is not valid YAML: ${line}`])
  }
}
