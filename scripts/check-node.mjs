/**
 * Every script begins here. An old Node has to get this far to say the sentence, so what the scripts import statically
 * must be there in Node 20 too.
 */
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `Tuntas needs Node 24 or newer, and this is Node ${process.versions.node}. Run it through npm ("npm start"): "npm ci" has put the right one into this folder.\n`,
  )
  process.exit(1)
}
