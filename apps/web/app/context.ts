import { createContext, type RouterContextProvider } from 'react-router'
import type { WebContext } from '../src/web-context.ts'

export const webContext = createContext<WebContext>()

type Provider = Readonly<Pick<RouterContextProvider, 'get'>>

/** The typed clients, already bound to whoever asked for the page. */
export const apiOf = (context: Provider) => context.get(webContext).api

export const originOf = (context: Provider) => context.get(webContext).origin

export const isDemo = (context: Provider) => context.get(webContext).demo
