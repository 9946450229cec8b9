/** Every script begins here. Written so that old Node versions can read it far enough to print the sentence. */
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `Tuntas needs Node 24 or newer, and this is Node ${process.versions.node}. Run it through npm ("npm start"): "npm ci" has put the right one into this folder.\n`,
  )
  process.exit(1)
}
