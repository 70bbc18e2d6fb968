import { type RouteConfigEntry, route } from '@react-router/dev/routes'

export const doorRoutes: RouteConfigEntry[] = [route('door', 'pages/door/door-page.tsx')]
