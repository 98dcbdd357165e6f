/** The entry of the product: `npm start` and `npm run dev` call these two from the bundle in dist/. */
export { preflight } from './server/preflight'
export { serve } from './server/serve'
