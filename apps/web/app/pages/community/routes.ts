import { type RouteConfigEntry, route } from '@react-router/dev/routes'

export const communityRoutes: RouteConfigEntry[] = [
  route('watchlist', 'pages/community/watchlist-page.tsx'),
  route('diary', 'pages/community/diary-page.tsx'),
  route('feed', 'pages/community/feed-page.tsx'),
  route('notifications', 'pages/community/notices-page.tsx'),
  route('people/:handle', 'pages/community/profile-page.tsx'),
  route('people/:handle/:kind', 'pages/community/follows-page.tsx'),
  route('import', 'pages/community/import-page.tsx'),
  route('import/:importId', 'pages/community/imported-page.tsx'),
  route('moderation', 'pages/community/moderation-page.tsx'),
]
