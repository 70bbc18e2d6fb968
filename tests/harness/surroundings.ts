/**
 * What a test finds around it, for the programs it starts. Its products do not meet in engines that all tests were given:
 * those that need one start their own, and stop it.
 */
export const surroundings = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'development',
  REDIS_URL: '',
  RABBITMQ_URL: '',
  ETCD_URL: '',
})
