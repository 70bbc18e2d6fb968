import { registerTexts } from '../../i18n.ts'
import de from './de.json'
import en from './en.json'

registerTexts('community', { en, de })
