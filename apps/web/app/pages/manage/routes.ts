import { index, type RouteConfigEntry, route } from '@react-router/dev/routes'

export const manageRoutes: RouteConfigEntry[] = [
  route('manage', 'pages/manage/manage-page.tsx'),
  route('manage/new', 'pages/manage/opening/new-theater-page.tsx'),
  route('manage/:theaterId', 'pages/manage/theater-shell.tsx', [
    index('pages/manage/programme/programme-page.tsx'),
    route('opening', 'pages/manage/opening/opening-page.tsx'),
    route('shows/new', 'pages/manage/shows/add-show-page.tsx'),
    route('shows/:showId', 'pages/manage/shows/show-page.tsx'),
    route('copy', 'pages/manage/programme/copy-day-page.tsx'),
    route('screens', 'pages/manage/screens/screens-page.tsx'),
    route('screens/:screenId', 'pages/manage/screens/screen-page.tsx'),
    route('prices', 'pages/manage/prices/prices-page.tsx'),
    route('people', 'pages/manage/people/people-page.tsx'),
    route('details', 'pages/manage/details/details-page.tsx'),
  ]),
]
