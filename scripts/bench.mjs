import { nodeFault } from './check-node.mjs'

const fault = nodeFault(process.versions.node)
if (fault) {
  console.error(fault)
  process.exitCode = 1
} else {
  import('./bench-project.mjs').then(({ benchProject }) => benchProject())
}
