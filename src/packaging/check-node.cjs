/** Owns the first thing that is checked: the version of Node.js, in a syntax that old ones can read. */

const { engines } = require('../../package.json');

const wanted = engines.node.replace('>=', '');
const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(`ipvstx needs Node.js ${wanted} or later; this is ${process.version}.`);
  process.exit(1);
}
