import { useOutletContext } from 'react-router'
import type { MyTheater } from './manage-types.ts'

/** The theater whose pages these are; the shell has found it before any of them is drawn. */
export const useTheater = () => useOutletContext<MyTheater>()
