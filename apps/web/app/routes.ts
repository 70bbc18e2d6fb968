import { index, type RouteConfig, route } from '@react-router/dev/routes'
import { bookingRoutes } from './pages/booking/routes.ts'
import { communityRoutes } from './pages/community/routes.ts'
import { doorRoutes } from './pages/door/routes.ts'
import { manageRoutes } from './pages/manage/routes.ts'

export default [
  index('pages/programme/programme-page.tsx'),
  route('films', 'pages/films/films-page.tsx'),
  route('films/:movieId', 'pages/films/film-page.tsx'),
  route('search', 'pages/search/search-page.tsx'),
  route('theaters', 'pages/theaters/theaters-page.tsx'),
  route('theaters/:theaterId', 'pages/theaters/theater-page.tsx'),

  route('login', 'pages/account/login-page.tsx'),
  route('register', 'pages/account/register-page.tsx'),
  route('forgot-password', 'pages/account/forgot-password-page.tsx'),
  route('reset-password', 'pages/account/reset-password-page.tsx'),
  route('verify-email', 'pages/account/verify-email-page.tsx'),
  route('account', 'pages/account/account-page.tsx'),

  ...bookingRoutes,
  ...communityRoutes,
  ...doorRoutes,
  ...manageRoutes,

  route('dev/outbox', 'pages/outbox/outbox-page.tsx'),
  route('posters/:file', 'pages/resources/poster.ts'),
  route('sitemap.xml', 'pages/resources/sitemap.ts'),
  route('robots.txt', 'pages/resources/robots.ts'),
  route('*', 'pages/not-found-page.tsx'),
] satisfies RouteConfig
