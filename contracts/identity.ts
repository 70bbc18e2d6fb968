import { contract, group } from '@marquee/kit/contract'
import { accountMailRequested, userErased, userRegistered, userUpdated } from './identity/events.ts'
import * as internal from './identity/internal.ts'
import * as me from './identity/me.ts'
import * as sessions from './identity/sessions.ts'
import { theaterPeopleChanged } from './theater-events.ts'

export * from './identity/events.ts'
export * from './identity/internal.ts'
export * from './identity/me.ts'
export * from './identity/sessions.ts'
export * from './identity/user.ts'

export const theaterPeopleGroup = group('identity.theater-people', [theaterPeopleChanged])

export const identityContract = contract('identity', {
  endpoints: {
    register: sessions.register,
    login: sessions.login,
    refresh: sessions.refresh,
    logout: sessions.logout,
    logoutEverywhere: sessions.logoutEverywhere,
    jwks: sessions.jwks,
    forgotPassword: sessions.forgotPassword,
    resetPassword: sessions.resetPassword,
    verifyEmail: sessions.verifyEmail,
    getMe: me.getMe,
    updateMe: me.updateMe,
    changePassword: me.changePassword,
    exportMe: me.exportMe,
    eraseMe: me.eraseMe,
    listFactors: me.listFactors,
    startTotp: me.startTotp,
    confirmTotp: me.confirmTotp,
    removeTotp: me.removeTotp,
    listRevocations: internal.listRevocations,
    findUsers: internal.findUsers,
    copyUsers: internal.copyUsers,
    findUsersWithPassword: internal.findUsersWithPassword,
    seedUsers: internal.seedUsers,
  },
  events: [userRegistered, userUpdated, userErased, accountMailRequested],
  groups: [theaterPeopleGroup],
})
